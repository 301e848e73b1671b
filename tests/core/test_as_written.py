"""Plain text as HTML: it looks as it was written, and nothing is read into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.markdown import as_written
from tests.core.test_markdown import ATTACKS

NBSP = "\xa0"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# no heading", "<p># no heading</p>"),
        ("* a\n* b", "<p>* a<br>\n* b</p>"),
        ("1. first\n3. third", "<p>1. first<br>\n3. third</p>"),
        ("**not bold** _x_ `y`", "<p>**not bold** _x_ `y`</p>"),
        ("> quoted", "<p>&gt; quoted</p>"),
        ("one\n\n \n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("a   b", f"<p>a{NBSP}{NBSP}{NBSP}b</p>"),
        ("  indented", f"<p>{NBSP}{NBSP}indented</p>"),
        ("a<b>&c", "<p>a&lt;b&gt;&amp;c</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ],
)
def test_text_looks_as_it_was_written(text: str, html: str) -> None:
    assert as_written(text).replace("&nbsp;", NBSP) == html


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("see https://example.org/a.", "https://example.org/a"),
        ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("<https://example.org/?q=1&r=2>", "https://example.org/?q=1&amp;r=2"),
        ("HTTP://EXAMPLE.ORG, and", "HTTP://EXAMPLE.ORG"),
    ],
)
def test_addresses_are_links(text: str, url: str) -> None:
    assert f'<a href="{url}" rel="nofollow ugc noopener">{url}</a>' in as_written(text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_it_is_html(attack: str) -> None:
    html = as_written(attack).lower()
    assert not any(f"<{tag}" in html for tag in ("script", "img", "svg", "iframe", "form", "h2"))
    assert 'href="javascript' not in html


@given(st.text(alphabet=" \n\tab<>&:/().http", max_size=200))
def test_no_letter_is_lost(text: str) -> None:
    kept = as_written(text).striptags().replace(NBSP, "")
    assert "".join(kept.split()) == "".join(text.split())
