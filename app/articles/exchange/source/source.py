"""A source: all files of an import by their paths, read whole and never followed elsewhere."""

from dataclasses import dataclass, field

from app.articles.files.fault import Fault

LARGEST_ENTRY_BYTES = 64 << 20
LARGEST_BYTES = 512 << 20
MOST_ENTRIES = 50_000

JUNK = frozenset({"__MACOSX", ".git", "node_modules", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""Names that operating systems and tools leave behind; they hold nothing that anybody wrote."""


class UnusableSource(Exception):
    """Nothing of it can be imported: it is no archive, it is not safe, or nobody knows its format."""


@dataclass
class Source:
    """The files of an import by path (`/` everywhere, below the source, no `..`)."""

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    """What could not be read as it is, by its path in the source."""

    def add(self, path: str, data: bytes) -> None:
        """Take a file in, beside one of the same name.  Raises UnusableSource over the limits."""
        if len(self.files) >= MOST_ENTRIES:
            raise UnusableSource(f"There are more than {MOST_ENTRIES:,} files in it.")
        stem, dot, suffix = path.rpartition(".")
        found, number = path, 2
        while found in self.files:
            found = f"{stem}~{number}.{suffix}" if dot and "/" not in suffix else f"{path}~{number}"
            number += 1
        if found != path:
            said = f"There are two files of this name; the other one is taken as {found}."
            self.note(path, "W306", said)
        self.files[found] = data

    def note(self, path: str, code: str, said: str) -> None:
        """Remember what is odd about a file."""
        self.faults.append(Fault(path, 1, 1, code, said))

    def without_top(self) -> "Source":
        """The same without the one folder that holds everything, which archives of sites have."""
        tops = {path.partition("/")[0] for path in self.files}
        if len(tops) != 1 or any("/" not in path for path in self.files):
            return self
        (top,) = tops
        if top in _TELLING:
            return self
        files = {path.partition("/")[2]: data for path, data in self.files.items()}
        return Source(self.name, files, self.faults)


_TELLING = frozenset({"content", "articles", "assets", "docs", "_docs", "_posts", "static"})
"""Folders whose names say what is in them."""
