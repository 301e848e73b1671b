"""Keep the parser's time linear: hide the characters that make it search in vain.

Python-Markdown looks for the end of every bracket up to the end of the paragraph, so a few thousand
unclosed ones hold a processor for minutes (its issues #798 and #1619, which stay open).  What
nobody writes on purpose is therefore swapped for Unicode non-characters, which mean nothing to the
parser and are swapped back afterwards, in code as well: the text looks the same, only a link in it
may stay text.
"""

import itertools
import re

DEEPEST = 60
"""Brackets of one kind that may be open at once in a paragraph."""
MOST = 600
"""Square brackets that may be opened in a paragraph at all."""
MOST_RULES = 60
"""Headings and rules that may follow each other without a blank line."""
MOST_FENCES = 2_000
"""Lines that may begin or end code: for each, the parser copies all lines."""
DEEPEST_QUOTE = 20
"""Quotes within quotes: each level reads its whole text again."""

_HIDDEN = {char: chr(0xFDD0 + place) for place, char in enumerate("[(<#-=*_>`~")}
_SHOWN = str.maketrans({hidden: char for char, hidden in _HIDDEN.items()})
_SHOWN_IN_HTML = str.maketrans(
    {hidden: {"<": "&lt;", ">": "&gt;"}.get(char, char) for char, hidden in _HIDDEN.items()}
)
_FENCE = re.compile(r"^(?P<before>[ \t>]*)(?P<marks>`{3,}|~{3,})", re.MULTILINE)
_DEEP_QUOTE = re.compile(
    rf"^(?P<before>(?:[ \t]*>){{{DEEPEST_QUOTE}}})(?P<marks>[ \t>]*>)", re.MULTILINE
)
_OPENED_BY = {"]": "[", ")": "(", ">": "<"}
_PARAGRAPHS = re.compile(r"(\n[ \t]*(?=\n))")
_TELLING = re.compile(
    r"^(?P<before>[ \t>]*)(?P<rule>#|[-=*_](?=[-=*_ \t]*$))|(?P<bracket>[\[\](<)>])", re.MULTILINE
)


def guard(text: str) -> str:
    """The text with its excessive characters hidden."""
    text = _DEEP_QUOTE.sub(_hide_marks, text)
    if text.count("```") + text.count("~~~") > MOST_FENCES:
        seen = itertools.count()
        text = _FENCE.sub(lambda it: it[0] if next(seen) < MOST_FENCES else _hide_marks(it), text)
    return "".join(_guard_paragraph(part) for part in _PARAGRAPHS.split(text))


def reveal(text: str) -> str:
    """Undo `guard` in plain text."""
    return text.translate(_SHOWN)


def reveal_in_html(html: str) -> str:
    """Undo `guard` in HTML."""
    return html.translate(_SHOWN_IN_HTML)


def _hide_marks(found: re.Match[str]) -> str:
    return found["before"] + "".join(_HIDDEN.get(char, char) for char in found["marks"])


def _guard_paragraph(text: str) -> str:
    """A paragraph below every limit is returned as it is."""
    if max(map(text.count, "[(<\n")) <= min(DEEPEST, MOST_RULES):
        return text
    return _TELLING.sub(_Counter().visit, text)


class _Counter:
    """What was seen of a paragraph so far."""

    def __init__(self) -> None:
        self.depth = {"[": 0, "(": 0, "<": 0}
        self.opened = 0
        self.rules = 0

    def visit(self, match: re.Match[str]) -> str:
        """What to put in place of one telling character."""
        if rule := match["rule"]:
            self.rules += 1
            return match["before"] + (rule if self.rules <= MOST_RULES else _HIDDEN[rule])
        char = match["bracket"]
        if char in _OPENED_BY:
            self.depth[_OPENED_BY[char]] = max(0, self.depth[_OPENED_BY[char]] - 1)
            return char
        self.opened += char == "["
        if self.depth[char] >= DEEPEST or self.opened > MOST:
            return _HIDDEN[char]
        self.depth[char] += 1
        return char
