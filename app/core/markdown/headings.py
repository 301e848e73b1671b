"""Headings as CommonMark reads them (0.31, 4.2 and 4.3): `#5` and `#tag` are words, no headings."""

import re
from typing import Any

from markdown.blockprocessors import HashHeaderProcessor, SetextHeaderProcessor


class HashHeading(HashHeaderProcessor):
    """One to six `#` and a space; those at its end go only where a space stands before them."""

    RE = re.compile(r"(?:^|\n) {0,3}(?P<level>#{1,6})(?P<header>(?:[ \t][^\n]*)?)(?:\n|$)")

    def run(self, parent: Any, blocks: list[str]) -> None:
        """Take the first heading out of the next block."""
        super().run(parent, blocks)
        heading = parent[-1]
        heading.text = _without_closers(heading.text)


class UnderlinedHeading(SetextHeaderProcessor):
    """A line of words and a line under it; under a list item or a quote it is a rule."""

    RE = re.compile(
        r"^(?! {0,3}(?:>|(?:[-*+]|\d{1,9}[.)])\s|([-*_])(?: *+\1){2,}+ *+\n))[^\n]*\n {0,3}(?:=+|-+) *(\n|$)"
    )

    def run(self, parent: Any, blocks: list[str]) -> None:
        """Take the heading off the next block."""
        words, line, *others = blocks[0].split("\n")
        blocks[0] = "\n".join([words, line.lstrip(), *others])
        super().run(parent, blocks)


def _without_closers(text: str) -> str:
    without = text.rstrip("#")
    return without.rstrip() if not without or without[-1] in " \t" else text


def install(md: Any) -> None:
    """In place of the parser's own."""
    md.parser.blockprocessors.register(HashHeading(md.parser), "hashheader", 70)
    md.parser.blockprocessors.register(UnderlinedHeading(md.parser), "setextheader", 60)
