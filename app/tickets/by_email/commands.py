"""Commands at the top of a colleague's mail: `#resolve`, `#assign ana`, one a line."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import InvalidInput

_LINE = re.compile(r"#([a-z][a-z-]*)(?:[\s:]+(.*))?", re.IGNORECASE)


class Word(StrEnum):
    """What can be commanded."""

    NOTE = "note"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    WAIT = "wait"
    HOLD = "hold"
    ASSIGN = "assign"
    UNASSIGN = "unassign"
    TEAM = "team"
    PRIORITY = "priority"
    TAG = "tag"
    UNTAG = "untag"
    SNOOZE = "snooze"


_OTHER_WORDS = {
    "solve": Word.RESOLVE,
    "solved": Word.RESOLVE,
    "resolved": Word.RESOLVE,
    "closed": Word.CLOSE,
    "open": Word.REOPEN,
    "waiting": Word.WAIT,
    "prio": Word.PRIORITY,
    "tags": Word.TAG,
}


@dataclass(frozen=True)
class Command:
    """A word and what stands behind it."""

    word: Word
    value: str


def read_commands(text: str) -> tuple[list[Command], str]:
    """The commands before the first line that is none, and the text from there on.

    Raises InvalidInput for a word that is no command: what was meant for us must not go to a customer.
    """
    lines = text.strip().splitlines()
    commands = []
    while lines and (not lines[0].strip() or _LINE.fullmatch(lines[0].strip())):
        if found := _LINE.fullmatch(lines.pop(0).strip()):
            commands.append(_command(found[1].lower(), (found[2] or "").strip()))
    return commands, "\n".join(lines).strip()


def _command(word: str, value: str) -> Command:
    known = _OTHER_WORDS.get(word) or next((each for each in Word if each == word), None)
    if known is None:
        words = ", ".join(f"#{each}" for each in Word)
        raise InvalidInput(f"There is no command #{word}. There are {words}.")
    return Command(known, value)
