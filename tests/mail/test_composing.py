"""One template, two parts that say the same."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from jinja2 import DictLoader, UndefinedError

from app.mail.composing import Composed, compose
from app.mail.pen import Offer

FULL = """
{% block subject %}Re: {{ subject }}{% endblock %}
{% block preheader %}The news{% endblock %}
{% block title %}Hello {{ name }}{% endblock %}
{% block body %}
{{ person(name, "Tarn") }}

{{ markdown(text) }}

It is **done**, {{ name }}.

{{ choices(offers) }}

{{ button("See it all", url) }}

{{ small("A remark") }}

{{ last("Not solved?") }}
{% endblock %}
{% block why %}You wrote to us. {{ link("Stop", url) }}{% endblock %}
"""
PLAIN = "{% block subject %}Hi{% endblock %}{% block body %}Hello {{ name }}{% endblock %}"
VALUES = {
    "subject": "Sync stops",
    "name": "Mara Lind",
    "text": "Try **this**:\n\n1. open\n2. close",
    "url": "https://desk.example/t/1?a=1&b=2",
    "offers": [Offer("1", "Bad", "https://x.example/1"), Offer("2", "Poor", "https://x.example/2")],
}


@pytest.fixture
def write(app: Flask) -> Callable[..., Composed]:
    """Compose a mail from a template's source."""

    def composed(source: str, **values: object) -> Composed:
        app.extensions["mail_templates"].loader = DictLoader({"it.md": source})
        return compose("it.md", **values)

    return composed


@pytest.fixture
def full(write: Callable[..., Composed]) -> Composed:
    return write(FULL, **VALUES)


def test_the_text_is_the_markdown_with_every_link_written_out(full: Composed) -> None:
    assert full.text == (
        "Hello Mara Lind\n\n"
        "Mara Lind, Tarn:\n\n"
        "Try **this**:\n\n1. open\n2. close\n\n"
        "It is **done**, Mara Lind.\n\n"
        "  1 Bad   https://x.example/1\n  2 Poor  https://x.example/2\n\n"
        "See it all:\nhttps://desk.example/t/1?a=1&b=2\n\n"
        "A remark\n\nNot solved?\n\n"
        "-- \nYou wrote to us. Stop: https://desk.example/t/1?a=1&b=2\n"
    )


def test_the_html_says_the_same_words(full: Composed) -> None:
    words = re.sub(r"<(style|title).*?</\1>|<[^>]+>", " ", full.html, flags=re.S)
    for said in (
        "Hello Mara Lind",
        "Try",
        "open",
        "close",
        "See it all",
        "A remark",
        "Not solved?",
    ):
        assert said in words
    assert "<strong>this</strong>" in full.html
    assert 'href="https://desk.example/t/1?a=1&amp;b=2"' in full.html


def test_no_mark_of_the_pen_is_left(full: Composed) -> None:
    assert not re.search("[\ue000\ue001]", full.html + full.text + full.subject)


def test_the_frame_is_600_pixels_wide_dark_by_media_query_and_without_pictures(
    full: Composed,
) -> None:
    assert "max-width:600px" in full.html
    assert "prefers-color-scheme: dark" in full.html
    assert "<img" not in full.html


def test_the_preheader_comes_before_everything_else(full: Composed) -> None:
    body = full.html.partition("<body")[2]
    assert body.index("The news") < body.index("Hello Mara Lind")
    assert "The news" not in full.text


def test_blocks_are_not_wrapped_in_paragraphs(full: Composed) -> None:
    assert not re.search(r"<p[^>]*>\s*<(table|p|div)", full.html)


@pytest.mark.parametrize(
    "evil",
    [
        "[free money](https://evil.example)",
        "<script>alert(1)</script>",
        "**bold** `code` _x_",
        "# Head",
        "a\n\n- list",
        "{{ 7*7 }}",
        "\ue0000\ue001",
    ],
)
def test_a_value_is_never_read_as_markup(write: Callable[..., Composed], evil: str) -> None:
    mail = write(PLAIN, name=evil)
    main = mail.html.partition('class="card')[2]
    for tag in ("<script", "<strong", "<code", "<em", "<h3", "<li", "href", "49"):
        assert tag not in main
    assert evil in mail.text


def test_a_text_with_an_open_fence_does_not_swallow_what_follows(
    write: Callable[..., Composed],
) -> None:
    mail = write(FULL, **{**VALUES, "text": "/// note\n```\nopen\n> [!NOTE]\n<div>"})
    assert "Not solved?" in mail.html.rpartition("<h1")[2]
    assert 'href="https://x.example/2"' in mail.html


def test_a_subject_is_one_line(write: Callable[..., Composed]) -> None:
    mail = write(FULL, **{**VALUES, "subject": "a\r\nBcc: everybody@x.example\x00"})
    assert mail.subject == "Re: a Bcc: everybody@x.example"


def test_relative_links_lead_to_the_desk_and_pictures_become_their_names(
    write: Callable[..., Composed],
) -> None:
    text = "[Guide](/help/guide) ![Cat](/files/cat.png) [x](//evil.example/y) - [ ] no"
    mail = write(FULL, **{**VALUES, "text": text})
    assert 'href="http://127.0.0.1:5000/help/guide"' in mail.html
    assert "Cat" in mail.html
    assert "<img" not in mail.html


def test_tags_carry_their_style_and_attribute_values_stay_attribute_values(
    write: Callable[..., Composed],
) -> None:
    text = '[x](https://a.example "<p onclick=evil>")\n\n| a |\n| - |\n| b |\n\n- [x] done\n\n> q'
    mail = write(FULL, **{**VALUES, "text": text})
    assert "onclick" not in mail.html
    assert "☑" in mail.html
    assert '<blockquote class="line" style=' in mail.html
    assert re.search(r'<td class="ink line" style="[^"]+">b</td>', mail.html)


def test_without_a_reason_the_foot_names_the_desk(write: Callable[..., Composed]) -> None:
    assert write(PLAIN, name="x").text.endswith("-- \nTarn, Help\n")


def test_a_missing_value_is_a_fault(write: Callable[..., Composed]) -> None:
    with pytest.raises(UndefinedError):
        write(PLAIN)
