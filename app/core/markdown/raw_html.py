"""HTML among Markdown: what is an element is left to the sanitiser, what only looks like one is text.

`<your-name>` and `<localhost:5000>` are words of somebody who explains something; taken for elements
they would vanish from the page.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor
from markdown.preprocessors import Preprocessor


def _elements() -> dict[str, frozenset[str]]:
    text = Path(__file__).with_name("elements.toml").read_text()
    return {kind: frozenset(names.split()) for kind, names in tomllib.loads(text).items()}


_ELEMENTS = _elements()
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][^\s/>]*)")
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
_ALL_ENDS = (*_ENDS.values(), ">", *(f"</{name}>" for name in _ELEMENTS["verbatim"]))


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
        if name in _ELEMENTS["verbatim"] and not found["close"]:
            return self._line_with(f"</{name}>", lines, at, found.end())
        lone = (
            name in _ELEMENTS["all"] - _ELEMENTS["verbatim"]
            and not in_paragraph
            and _LONE_TAG.fullmatch(lines[at])
        )
        return _blank_line(lines, at) if name in _ELEMENTS["containers"] or lone else at

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
        if tag and tag["name"].lower() not in _ELEMENTS["all"]:
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
