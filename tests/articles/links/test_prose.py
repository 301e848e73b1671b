"""What of a text is code, what a remark, and that finding out takes time in proportion to its length."""

import sys

import pytest

from app.articles.links.prose import Part, parts
from app.articles.links.readers import for_readers

SMALL = 2_000
MOST_GROWTH = 2.2
HOSTILE = (
    *("`", "``` a\n", "~~~\n", "` `` ``` ", "`a\n\n", "\\`", "`a\n", "> ```\n"),
    *("<!-- ", "<!-->", "<!-- `", "<!-- --> `", "-->", "--", "[", "](", "](x ", '](x "', "[](<"),
    *("[a]: s\n", "[a][b] ", "<a href=", '<a href="s">', "[x](s.md) ", "![x](s)", "[[x]](s)"),
)


def kinds(text: str) -> list[tuple[str, str]]:
    found = list(parts(text))
    assert "".join(piece for _, _, piece in found) == text
    assert all(text.startswith(piece, at) for _, at, piece in found)
    return [(part.value, piece) for part, _, piece in found if part is not Part.PROSE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b` ``c ` d`` e", [("code", "`b`"), ("code", "``c ` d``")]),
        ("`a <!-- b` c -->", [("code", "`a <!-- b`")]),
        ("<!-- `a --> b` c", [("remark", "<!-- `a -->")]),
        ("<!-- x", []),
        ("<!--> x <!-- y -->", [("remark", "<!-->"), ("remark", "<!-- y -->")]),
        ("a ` b\n\nc ` d", []),
        ("`a\n<!-- b -->\nc`", [("remark", "<!-- b -->")]),
        ("\\`a` b`", [("code", "` b`")]),
        ("```\n<!-- a -->\n```\nb", [("code", "```\n<!-- a -->\n```")]),
        ("````\n```\n````\n", [("code", "````\n```\n````")]),
        ("~~~\n```\n~~~\n`a`", [("code", "~~~\n```\n~~~"), ("code", "`a`")]),
        ("``` a ``` <!-- b -->", [("code", "``` a ```"), ("remark", "<!-- b -->")]),
        (
            "```\n<!-- never closed, so no fence -->",
            [("remark", "<!-- never closed, so no fence -->")],
        ),
        ("<!--\n```\n-->\nb\n```\n", [("remark", "<!--\n```\n-->")]),
    ],
)
def test_whichever_begins_first_wins(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_text_takes_more_than_in_proportion(unit: str) -> None:
    less, more = (steps(unit * (size // len(unit))) for size in (SMALL, 2 * SMALL))
    assert more / (less + 100) < MOST_GROWTH


def steps(text: str) -> int:
    """How many characters and marks are looked at, as calls of Python and C and lines run."""
    counted = 0

    def count(frame: object, event: str, argument: object) -> object:
        nonlocal counted
        counted += 1
        return count

    sys.setprofile(count)
    sys.settrace(count)  # type: ignore[arg-type]
    try:
        for_readers(text, lambda target: None)
    finally:
        sys.settrace(None)
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_texts_are_done(unit: str) -> None:
    """Where a pattern itself would take its time, no counting of calls shows it."""
    for_readers(unit * ((1 << 17) // len(unit)), lambda target: None)
