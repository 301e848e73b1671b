"""Excerpts: what is left of Markdown in a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.excerpts import excerpt, plain_text


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Bold** and _this_ `code` ~~no~~ ==yes==", "Bold and this code no yes"),
        ("[text](https://x.example/a_b) ![pic](a.png) [ref][1]\n\n[1]: /x", "text pic ref"),
        ("- [x] done\n- two\n\n1. three", "done two three"),
        ("> quoted\n> [!NOTE]\n> more", "quoted more"),
        ("/// note | Title\nbody\n///", "body"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        (
            "<kbd>Esc</kbd> snake_case_name 2 * 3 < 4 \\*star\\*",
            "Esc snake_case_name 2 * 3 < 4 *star*",
        ),
        ("A note[^1].\n\n[^1]: gone", "A note."),
        ("Run:\n\n```console\n$ bin/run\n```\n\nDone.", "Run: $ bin/run Done."),
    ],
)
def test_marks_go_and_words_stay(markdown: str, plain: str) -> None:
    assert plain_text(markdown) == plain


def test_headings_and_code_blocks_are_left_out() -> None:
    text = "# Title\n\nFirst.\n\n```sh\nrm -r x\n```\n\n~~~\nopen"
    assert excerpt(text, length=100) == "First."


def test_the_cut_is_after_a_sentence_when_one_ends_late_enough() -> None:
    assert excerpt("One two three. Four five six seven eight.", length=20) == "One two three."
    assert excerpt("One. Two three four five six seven.", length=20) == "One. Two three four…"


@given(st.text(alphabet="ab *_`[]()<>#-|~\n\\.!^{}:=", max_size=300), st.integers(10, 80))
def test_an_excerpt_is_one_line_within_its_length(text: str, length: int) -> None:
    found = excerpt(text, length=length)
    assert len(found) <= length
    assert "\n" not in found


def test_a_hostile_text_is_read_in_linear_time() -> None:
    for unit in ("[", "](", "<", "`", "*", "_", "```\n", "> ", "<!--", "[^", "|", " "):
        assert len(excerpt(unit * 100_000, length=80)) <= 80
