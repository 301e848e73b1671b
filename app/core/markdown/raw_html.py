"""HTML among Markdown: what is an element is left to the sanitiser, what only looks like one is text.

`<your-name>` and `<localhost:5000>` are words of somebody who explains something; taken for elements
they would vanish from the page.
"""

import re
from typing import Any

from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor
from markdown.preprocessors import Preprocessor


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ELEMENTS = _words(
    """
    a abbr acronym address applet area article aside audio b base bdi bdo big blink blockquote body br
    button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div
    dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head
    header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing
    main map mark marquee math menu menuitem meta meter nav nobr noembed noframes noscript object ol
    optgroup option output p param picture plaintext portal pre progress q rb rp rt rtc ruby s samp
    script search section select slot small source spacer span strike strong style sub summary sup svg
    table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp
    """
)
"""Every element of HTML, the old ones too (WHATWG HTML, "Index" and 16.2)."""
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][^\s/>]*)")


_CONTAINERS = _words(
    """
    address article aside base basefont blockquote body caption center col colgroup dd details dialog
    dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header
    hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p param search
    section summary table tbody td tfoot th thead title tr track ul
    """
)
_VERBATIM = frozenset({"script", "pre", "style", "textarea"})
_OPENER = re.compile(
    r" {0,3}<(?:(?P<mark>!--|\?|!\[CDATA\[|![A-Za-z])|(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?=[\s/>]|$))"
)
_LONE_TAG = re.compile(
    r"""
    [ ]{0,3} < (?:
        / [a-zA-Z][\w-]* \s*
    |   [a-zA-Z][\w-]*+
        (?: \s+ [\w:.-]++ (?: \s*+ = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s"'=<>`]++ ) )?+ )*+
        \s*+ /?
    ) > \s*
    """,
    re.VERBOSE,
)
_ENDS = {"!--": "-->", "?": "?>", "![CDATA[": "]]>"}
_ALL_ENDS = (*_ENDS.values(), ">", *(f"</{name}>" for name in _VERBATIM))


class ElementBlocks(Preprocessor):
    """Blocks of HTML, put aside: most end at a blank line, so Markdown can stand between two tags."""

    def run(self, lines: list[str]) -> list[str]:
        """Lines to lines, each block one placeholder in a paragraph of its own."""
        self.last = {end: _last_with(lines, end) for end in _ALL_ENDS}
        out: list[str] = []
        at = 0
        while at < len(lines):
            after = self._end(lines, at, in_paragraph=bool(out and out[-1].strip()))
            if after > at:
                out += ["", self.md.htmlStash.store("\n".join(lines[at:after])), ""]
            else:
                out.append(lines[at])
            at = max(after, at + 1)
        return out

    def _end(self, lines: list[str], at: int, *, in_paragraph: bool) -> int:
        """The line behind the block that begins here (CommonMark 0.31, 4.6); `at` itself if none does."""
        found = _OPENER.match(lines[at])
        if found is None:
            return at
        name = (found["name"] or "").lower()
        if found["mark"]:
            return self._line_with(_ENDS.get(found["mark"], ">"), lines, at, found.end())
        if name in _VERBATIM and not found["close"]:
            return self._line_with(f"</{name}>", lines, at, found.end())
        lone = name in _ELEMENTS - _VERBATIM and not in_paragraph and _LONE_TAG.fullmatch(lines[at])
        return _blank_line(lines, at) if name in _CONTAINERS or lone else at

    def _line_with(self, end: str, lines: list[str], at: int, column: int) -> int:
        if end in lines[at][column:].lower():
            return at + 1
        if self.last[end] <= at:
            return at  # it never ends: so it never began
        return next(row for row in range(at + 1, len(lines)) if end in lines[row].lower()) + 1


class ElementOrWords(HtmlInlineProcessor):
    """Raw HTML in a line."""

    def handleMatch(self, m: Any, data: str) -> Any:  # type: ignore[override]  # noqa: N802
        """Put elements and comments aside; anything else stays what was written."""
        tag = _TAG.match(m.group(1))
        if tag and tag["name"].lower() not in _ELEMENTS:
            return None, None, None
        return super().handleMatch(m, data)


def _last_with(lines: list[str], end: str) -> int:
    return max((row for row, line in enumerate(lines) if end in line.lower()), default=-1)


def _blank_line(lines: list[str], at: int) -> int:
    return next((row for row in range(at, len(lines)) if not lines[row].strip()), len(lines))


def install(md: Any) -> None:
    """In place of the parser's own."""
    md.preprocessors.register(ElementBlocks(md), "html_block", 20)
    md.inlinePatterns.register(ElementOrWords(HTML_RE, md), "html", 90)
