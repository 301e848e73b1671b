"""No text makes the renderer work more than in proportion to its length: steps are counted, not time."""

import random
import sys
from collections.abc import Callable

import pytest

from app.core.markdown import Profile, render
from bench.rendering import FAMILIES

SMALL = 2_000
MOST_GROWTH = 2.7
"""Twice the text may take that much more: limits set in, caches fill."""
PIECES = (
    *(
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "<",
        ">",
        "<a ",
        "</a>",
        "<!--",
        "-->",
        "*",
        "**",
        "_",
        "`",
        "```\n",
    ),
    *(
        "~~",
        "==",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\t",
        "# ",
        "|",
        "|-",
        "///",
        "/// note\n",
        "\n---\n",
    ),
    *(
        "[^1]",
        "[^1]: ",
        "[a]: ",
        "&",
        "&amp;",
        "\\",
        "http://a",
        "a@b.c",
        "{#",
        "}",
        ":",
        "x",
        " ",
        "é",
        '"',
        "'",
    ),
)


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("profile", Profile)
def test_known_hostile_texts(name: str, profile: Profile) -> None:
    assert growth(FAMILIES[name], profile) < MOST_GROWTH


@pytest.mark.parametrize("seed", range(40))
def test_any_pieces_repeated(seed: int) -> None:
    chosen = random.Random(seed)
    unit = "".join(chosen.choices(PIECES, k=chosen.randint(1, 8)))

    def text(size: int) -> str:
        return unit * max(size // len(unit), 1)

    assert growth(text, Profile.DOCUMENT) < MOST_GROWTH, repr(unit)


@pytest.mark.parametrize("seed", range(10))
def test_any_pieces_in_any_order(seed: int) -> None:
    chosen = random.Random(seed)
    block = "".join(chosen.choices(PIECES, k=100))
    assert growth(lambda size: block * (4 * size // SMALL), Profile.DOCUMENT) < MOST_GROWTH, repr(
        block
    )


def growth(make: Callable[[int], str], profile: Profile) -> float:
    """How many times more steps twice the text takes."""
    render("warm up", profile=profile)
    less, more = (steps(make(size), profile) for size in (SMALL, 2 * SMALL))
    return more / (less + 2_000)


def steps(text: str, profile: Profile) -> int:
    """How many calls rendering takes, of Python and of C."""
    counted = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        render(text, profile=profile)
    finally:
        sys.setprofile(None)
    return counted
