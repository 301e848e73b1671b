"""Merging the two texts of an article: key by key, and line by line."""

import pytest

from app.articles.article import Status, Visibility
from app.articles.files.manuscript import Manuscript
from app.articles.merging import merge, strictest

BASE = (
    "---\n# ours\nid: kb_aaaaaaaaaa\ntitle: 'Refunds'   # short\ntags: [money, old]\nstatus: draft\n"
    "---\nOne.\n\nTwo.\n"
)


def merged(file: str, live: str, base: str | None = BASE) -> str | tuple[str, ...]:
    """The text, or what is in conflict."""
    known = None if base is None else Manuscript.of(base)
    found = merge(known, Manuscript.of(file), Manuscript.of(live))
    return found.conflicts if found.manuscript is None else found.manuscript.text


def test_each_side_keeps_what_it_changed() -> None:
    file = BASE.replace("One.", "First.").replace("status: draft", "status: review")
    live = BASE.replace("Two.", "Second.").replace("'Refunds'", "Money back")
    assert merged(file, live) == (
        "---\n# ours\nid: kb_aaaaaaaaaa\ntitle: Money back   # short\ntags: [money, old]\n"
        "status: review\n---\nFirst.\n\nSecond.\n"
    )


def test_what_only_the_app_changed_leaves_every_other_line_as_it_is() -> None:
    live = Manuscript.of(BASE).setting({"status": "published", "order": 3}).text
    assert merged(BASE, live) == live
    assert live == BASE.replace("status: draft\n", "status: published\norder: 3\n")


def test_lists_are_merged_as_sets() -> None:
    file = BASE.replace("[money, old]", "[old, bank, money]")
    live = BASE.replace("[money, old]", "[money, card]")
    assert "tags: [bank, money, card]\n" in merged(file, live)


def test_a_list_that_one_side_left_out_is_what_the_other_added() -> None:
    file = BASE.replace("tags: [money, old]\n", "")
    live = BASE.replace("[money, old]", "[money, old, card]")
    assert "tags: [card]\n" in merged(file, live)


@pytest.mark.parametrize(
    ("file", "live", "conflicts"),
    [
        (("One.", "1."), ("One.", "I."), ("text",)),
        (("draft", "review"), ("draft", "published"), ("status",)),
        (("'Refunds'", "A"), ("'Refunds'", "B"), ("title",)),
        (("status: draft\n", ""), ("draft", "published"), ("status",)),
        (("draft", "review"), ("status: draft\n", ""), ("status",)),
    ],
)
def test_what_both_changed_differently_is_in_conflict(
    file: tuple[str, str], live: tuple[str, str], conflicts: tuple[str, ...]
) -> None:
    assert merged(BASE.replace(*file), BASE.replace(*live)) == conflicts


def test_the_same_change_on_both_sides_is_none() -> None:
    both = BASE.replace("One.", "1.").replace("draft", "review")
    assert merged(both, both) == both


def test_without_a_base_what_is_not_shared_is_in_conflict() -> None:
    assert merged(BASE, BASE.replace("One.", "1."), base=None) == ("text",)
    assert merged(BASE, BASE, base=None) == BASE


def test_a_front_matter_that_the_app_added_is_written_above_the_file() -> None:
    assert merged("One.\n", "---\nid: kb_aaaaaaaaaa\n---\nOne.\n", base="One.\n") == (
        "---\nid: kb_aaaaaaaaaa\n---\nOne.\n"
    )


def test_the_stricter_of_two_values_shows_it_to_fewer() -> None:
    assert strictest(Visibility.PUBLIC, Visibility.AGENTS) is Visibility.AGENTS
    assert strictest(Visibility.SIGNED_IN, Visibility.PUBLIC) is Visibility.SIGNED_IN
    assert strictest(Status.PUBLISHED, Status.DRAFT) is Status.DRAFT
    assert strictest(Status.ARCHIVED, Status.REVIEW) is Status.ARCHIVED
