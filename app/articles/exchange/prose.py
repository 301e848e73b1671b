"""The parts of a Markdown text that are no code: only they are translated."""

import re
from collections.abc import Callable, Iterator

_CODE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*(?:\n.*?)?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<ticks>`+)(?!`)[^`]*?(?:\n[^`\n]+)*?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)

Replace = Callable[[re.Match[str], int], str]
"""Gives what to put in place of a match; the number is its offset in the whole text."""


def prose(text: str) -> Iterator[tuple[bool, int, str]]:
    """The text in pieces: whether it is prose, its offset, the piece."""
    at = 0
    for code in _CODE.finditer(text):
        yield True, at, text[at : code.start()]
        yield False, code.start(), code[0]
        at = code.end()
    yield True, at, text[at:]


def replaced(text: str, pattern: re.Pattern[str], replace: Replace) -> str:
    """The text with all matches outside of code replaced.  No match spans code."""
    return "".join(
        pattern.sub(lambda found, at=at: replace(found, at + found.start()), piece)  # type: ignore[misc]
        if is_prose
        else piece
        for is_prose, at, piece in prose(text)
    )
