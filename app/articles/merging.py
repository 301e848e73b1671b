"""Merging the two texts of an article: its file's and the app's, seen from what both once were."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app.articles.article import Status, Visibility
from app.articles.files.fields import LISTS
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Value
from app.core.merging import merge_lines, merge_with_marks

E = TypeVar("E", bound=StrEnum)

NAMES = ("file", "app")
"""How the two sides are called between marks."""

BODY = "text"
"""How a conflict in the body is named, beside those in keys."""

_OPENEST_FIRST = (
    (Visibility.PUBLIC, Visibility.SIGNED_IN, Visibility.AGENTS),
    (Status.PUBLISHED, Status.REVIEW, Status.DRAFT, Status.ARCHIVED),
)


@dataclass(frozen=True)
class Merged:
    """What came of it: the text with the changes of both, or what they contradict each other in."""

    manuscript: Manuscript | None
    conflicts: tuple[str, ...] = ()


def merge(base: Manuscript | None, file: Manuscript, live: Manuscript) -> Merged:
    """The file's text with the changes of the app in it, key by key and line by line.

    Without a base, what the two do not share is a conflict.  Raises Faulty for a front matter that
    cannot be read.
    """
    base = base or Manuscript("", "", "", "")
    changes: dict[str, str] = {}
    conflicts: list[str] = []
    for key in dict.fromkeys([*file.front, *live.front]):
        values = [each.front.get(key) for each in (base, file, live)]
        if values[1] == values[2] or values[0] == values[2]:
            continue
        if values[0] == values[1]:
            changes[key] = live.lines_for(key)
        elif key in LISTS:
            changes[key] = _lines(key, _united(*values))
        else:
            conflicts.append(key)
    body = merge_lines(base.body, file.body, live.body)
    if body is None:
        conflicts.append(BODY)
    if conflicts or body is None:
        return Merged(None, tuple(conflicts))
    return Merged(file.with_lines(changes).saying(body) if changes or body != file.body else file)


def both(base: Manuscript | None, file: Manuscript, live: Manuscript) -> str:
    """The text with the changes of both; where they contradict each other both stand, between marks."""
    base = base or Manuscript("", "", "", "")
    head = merge_with_marks(base.head, file.head, live.head, names=NAMES)
    return head + merge_with_marks(base.body, file.body, live.body, names=NAMES)


def strictest(one: E, other: E) -> E:
    """The one of two values that shows the article to fewer people."""
    order: tuple[StrEnum, ...] = next(each for each in _OPENEST_FIRST if one in each)
    return max(one, other, key=order.index)


def _united(base: Value | None, file: Value | None, live: Value | None) -> list[str]:
    """What both kept of the base, and what either added: first the file's, in its order."""
    before, ours, theirs = _texts(base), _texts(file), _texts(live)
    gone = {each for each in before if each not in ours or each not in theirs}
    return [each for each in dict.fromkeys([*ours, *theirs]) if each not in gone]


def _texts(value: Value | None) -> list[str]:
    if isinstance(value, list):
        return [str(each) for each in value]
    return [str(value)] if value else []


def _lines(key: str, values: list[str]) -> str:
    return Manuscript("", "", "", "").setting({key: list(values)}).lines_for(key)
