"""Where two texts differ, word by word, for people to read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.core.comparing import MOST_STEPS, differences

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


class Kind(StrEnum):
    """What happened to a part of a text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Part:
    """Some words in a row."""

    kind: Kind
    text: str


def word_changes(old: str, new: str, *, most_steps: int = MOST_STEPS) -> list[Part]:
    """Both texts in one: what is the same, what is gone, what is new, in order."""
    parts = _parts(_WORD.findall(old), _WORD.findall(new), most_steps)
    return [part for part in parts if part.text]


def _parts(old: list[str], new: list[str], most_steps: int) -> Iterator[Part]:
    at = 0
    for each in differences(old, new, most_steps=most_steps):
        yield Part(Kind.SAME, "".join(old[at : each.old_from]))
        yield Part(Kind.GONE, "".join(old[each.old_from : each.old_to]))
        yield Part(Kind.NEW, "".join(new[each.new_from : each.new_to]))
        at = each.old_to
    yield Part(Kind.SAME, "".join(old[at:]))
