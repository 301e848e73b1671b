"""Comparing texts: what differs is found, and nothing else; long texts do not take for ever."""

import random
from time import process_time

import pytest

from app.core.comparing import Difference, differences, lines_of


def applied(old: list[str], new: list[str]) -> list[str]:
    made: list[str] = []
    at = 0
    for each in differences(old, new):
        made += [*old[at : each.old_from], *new[each.new_from : each.new_to]]
        at = each.old_to
    return made + old[at:]


@pytest.mark.parametrize("seed", range(200))
def test_the_differences_lead_from_one_text_to_the_other(seed: int) -> None:
    rng = random.Random(seed)
    old = rng.choices("abcd\n", k=rng.randint(0, 40))
    new = rng.choices("abcde\n", k=rng.randint(0, 40))
    assert applied(old, new) == new
    shared = len(old) - sum(each.old_to - each.old_from for each in differences(old, new))
    assert shared == len(new) - sum(each.new_to - each.new_from for each in differences(old, new))


def test_no_more_differs_than_must() -> None:
    """The example of Myers' paper: five edits lead from one to the other, and no fewer."""
    found = differences(list("abcabba"), list("cbabac"))
    edits = [each.old_to - each.old_from + each.new_to - each.new_from for each in found]
    assert sum(edits) == 5


def test_what_could_stand_in_several_places_stands_as_far_down_as_it_goes() -> None:
    old = ["one\n", "\n", "two\n"]
    new = ["one\n", "\n", "new\n", "\n", "two\n"]
    assert differences(old, new) == [Difference(2, 2, 2, 4)]


def test_only_a_line_feed_ends_a_line() -> None:
    text = "a\x0cb\u2028c\x85d\ne"
    assert lines_of(text) == ["a\x0cb\u2028c\x85d\n", "e"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["\n"] * 200_000, ["\n"] * 199_000 + ["x\n"] + ["\n"] * 900),
        ([f"{n % 7}\n" for n in range(20_000)], [f"{n % 11}\n" for n in range(20_000)]),
        ([f"{n}\n" for n in range(20_000)], [f"{n}\n" for n in reversed(range(20_000))]),
    ],
    ids=["blank lines", "two rhythms", "upside down"],
)
def test_texts_made_to_be_slow_are_compared_soon_enough(old: list[str], new: list[str]) -> None:
    began = process_time()
    assert applied(old, new) == new
    assert process_time() - began < 15
