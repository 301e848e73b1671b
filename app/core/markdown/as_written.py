"""Text that is no Markdown, such as a mail's: HTML that looks as it was written."""

import re

from markupsafe import Markup, escape

from app.core.markdown.profile import Profile
from app.core.markdown.sanitising import sanitise

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_GAP = re.compile(r"(?<= ) | (?= )|^ ", re.MULTILINE)
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AROUND = ".,;:!?'*_"
_OPENED_BY = {")": "(", "]": "[", "}": "{"}


def as_written(text: str) -> Markup:
    """Lines end where they ended, gaps stay, addresses are links; nothing else is read into it."""
    text = text.replace("\0", "").replace("\r\n", "\n").expandtabs(8)
    parts = [part.strip("\n") for part in _BLANK_LINES.split(text)]
    dirty = Markup("\n").join(
        Markup("<p>{}</p>").format(_lines(part)) for part in parts if part.strip()
    )
    clean = sanitise(dirty, profile=Profile.COMMENT, link=None)
    return Markup(clean)  # noqa: S704 - it was sanitised


def _lines(paragraph: str) -> Markup:
    return Markup("<br>\n").join(_linked(line.rstrip()) for line in paragraph.split("\n"))


def _linked(line: str) -> Markup:
    made, end = Markup(), 0
    for found in _LINK.finditer(line):
        url = _without_punctuation(found[0])
        made += _gaps(line[end : found.start()]) + Markup('<a href="{0}">{0}</a>').format(url)
        end = found.start() + len(url)
    return made + _gaps(line[end:])


def _gaps(text: str) -> Markup:
    """Blanks beside each other, or at the beginning, would be one, or none, on the page."""
    return escape(_GAP.sub("\xa0", text))


def _without_punctuation(url: str) -> str:
    """What stands behind an address belongs to the sentence, not to it."""
    while url[-1] in _AROUND or (
        url[-1] in _OPENED_BY and url.count(url[-1]) > url.count(_OPENED_BY[url[-1]])
    ):
        url = url[:-1]
    return url
