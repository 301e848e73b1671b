"""Introductions of quotes: "On 5 May 2026 at 10:00, Ana <a@x> wrote:", in any language, on several lines."""

import re
from collections.abc import Sequence

from app.mail.parsing.replies import phrases

MOST_LINES = 4
LONGEST = 500

_VERB = re.compile(
    rf"(?:(?<=\W)|^|(?<=[\d月日号])){phrases.WROTE}(?=\W|$)|写道|寫道|님이 작성", re.IGNORECASE
)
_ENDS = re.compile(
    rf"(?:[:：]|(?<=\W){phrases.WROTE}\s*[:：]?|写道[:：]?|寫道[:：]?)\s*[*_]{{0,3}}\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)|\d{1,2}월"
)
_TIME = re.compile(
    r"(?<!\d)\d{1,2}\s?[:.h：]\s?\d{2}(?!\d)|\d{1,2} ?(?:am|pm|uhr|時|时|點|点|시)", re.IGNORECASE
)
_ADDRESS = re.compile(r"[^\s<>@,;:\"()]+@[^\s<>@,;:\"()]+\.[a-z]{2,}", re.IGNORECASE)
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_QUOTING = re.compile(
    r"^(?:quoting|zitat von|citando|citerar|citat|cytowanie|quota|en réponse à|in reply to|in article)\b"
    r".{3,200}:$",
    re.IGNORECASE,
)


def begins_at(lines: Sequence[str], end: int) -> int | None:
    """The line in which an introduction begins that ends in the line `end`; None if none ends there."""
    if not _ENDS.search(_plain(lines[end][-LONGEST:])):
        return None
    is_followed = _is_followed_by_quote(lines, end)
    loose = None
    for start in range(end, max(-1, end - MOST_LINES), -1):
        if not lines[start].strip() or lines[start].lstrip().startswith(">"):
            break
        text = " ".join(_plain(line) for line in lines[start : end + 1])
        if len(text) > LONGEST:
            break
        if _says_who_and_when(text, is_followed=is_followed):
            return start
        if loose is None and _is_loose(text, is_followed=is_followed):
            loose = start
    return loose


def _plain(line: str) -> str:
    """The line without signs of direction, and without the dashes that Zoho puts around it."""
    return _DIRECTION.sub("", line).strip("- \t\xa0")


def _says_who_and_when(text: str, *, is_followed: bool) -> bool:
    """Whether it says when, and who or that somebody wrote."""
    year, time = bool(_YEAR.search(text)), bool(_TIME.search(text))
    if not (year or time):
        return False
    if _VERB.search(text):
        return bool(_ADDRESS.search(text) or is_followed or (year and time))
    if _ADDRESS.search(text):
        return (year and time) or is_followed
    return False


def _is_loose(text: str, *, is_followed: bool) -> bool:
    """Whether it may be an introduction that lacks the one or the other."""
    if is_followed and _YEAR.search(text):
        return True
    if _VERB.search(text):
        return is_followed or bool(
            _ADDRESS.search(text) and text.rstrip(" *_").endswith((":", "："))
        )
    return is_followed and bool(
        _QUOTING.match(text) or (_ADDRESS.search(text) and text.endswith(">:"))
    )


def _is_followed_by_quote(lines: Sequence[str], end: int) -> bool:
    following = (line for line in lines[end + 1 : end + 4] if line.strip())
    return next(following, "").lstrip().startswith((">", "＞"))
