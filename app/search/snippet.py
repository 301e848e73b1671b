"""The part of a text that shows why it was found."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape
from whoosh.lang.porter import stem

from app.core.excerpts import plain_text
from app.search.asked import Asked, folded

LENGTH = 220
_BEFORE = 60
_NEAR = 600
_MOST_MATCHES = 200

Span = tuple[int, int, str]
"""Where a word stands that was looked for, and its stem."""


def marked(text: str, asked: Asked) -> Markup:
    """The whole text, escaped, with the words that were looked for in `<mark>`."""
    return _mark(text, _spans(text, asked))


def snippet(markdown: str, asked: Asked) -> Markup:
    """About 220 characters around the place that says most of the words, escaped and marked.

    Of a long text only what stands near that place is freed of its Markdown.
    """
    first, last = 0, len(markdown)
    if last > 2 * _NEAR:
        place, _ = _window(markdown, _spans(markdown, asked))
        first, last = _between_words(markdown, max(0, place - _NEAR), min(place + _NEAR, last))
    text = plain_text(markdown[first:last])
    spans = _spans(text, asked)
    start, end = _window(text, spans)
    inside = [(s - start, e - start, root) for s, e, root in spans if s >= start and e <= end]
    before = "…" if first or start else ""
    after = "…" if last < len(markdown) or end < len(text) else ""
    return before + _mark(text[start:end], inside) + after


def _spans(text: str, asked: Asked) -> list[Span]:
    if not asked.words:
        return []
    beginnings = "|".join(re.escape(each) for each in asked.beginnings)
    found: list[Span] = []
    for match in re.finditer(rf"(?<!\w)(?:{beginnings})\w*(?:\.\w+)*", folded(text)):
        word = match[0]
        root = stem(word)
        if root in asked.stems or word.startswith(asked.prefixes or "\0"):
            found.append((*match.span(), root))
        if len(found) == _MOST_MATCHES:
            break
    return found


def _window(text: str, spans: list[Span]) -> tuple[int, int]:
    """The stretch with the most different words; the first of equals."""
    if len(text) <= LENGTH:
        return 0, len(text)
    best, most = 0, 0
    for start, _, _ in spans:
        begin = max(0, start - _BEFORE)
        different = len({root for s, e, root in spans if s >= start and e <= begin + LENGTH})
        if different > most:
            best, most = begin, different
    return _between_words(text, best, min(best + LENGTH, len(text)))


def _between_words(text: str, start: int, end: int) -> tuple[int, int]:
    if start:
        space = text.find(" ", start, start + _BEFORE)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start else end
    return start, end


def _mark(text: str, spans: Iterable[Span]) -> Markup:
    parts: list[Markup] = []
    done = 0
    for start, end, _ in spans:
        parts += [escape(text[done:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        done = end
    return Markup("").join([*parts, escape(text[done:])])
