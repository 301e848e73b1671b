"""A Markdown file taken apart: the YAML between two lines `---`, and the body below."""

import re
from dataclasses import dataclass

from app.articles.files.fault import Fault, Faulty
from app.articles.files.mapping import Entry, read_mapping
from app.articles.files.source_file import SourceFile

_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True)
class FrontMatter:
    """The entries of a file, and its body, which begins at `body_line`."""

    path: str
    entries: dict[str, Entry]
    body: str
    body_line: int


def split(file: SourceFile) -> FrontMatter:
    """Take the file apart.  Raises Faulty (E101 to E105)."""
    opening = _FENCE.match(file.text)
    if not opening:
        return FrontMatter(file.path, {}, file.text, 1)
    closing = _CLOSING.search(file.text, opening.end())
    if not closing:
        said = "The front matter is not closed. Fix: a line `---` after its last key."
        raise Faulty([Fault(file.path, 1, 1, "E102", said)])
    head = file.text[opening.end() : closing.start()]
    entries = read_mapping(head, path=file.path, first_line=2)
    return FrontMatter(file.path, entries, file.text[closing.end() :], head.count("\n") + 3)
