"""What a dialect understands of a source: pages, sections and pictures, on their way to articles."""

from dataclasses import dataclass, field

from app.articles.files.fault import Fault, place
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Value

Front = dict[str, Value | int | None]


@dataclass
class Page:
    """A text that becomes an article."""

    source: str
    """Its path in the source; of an entry of a JSON file, the path, `#` and the entry's id."""
    target: str
    """Where its file is to lie, seen from content/articles; others may have taken the place."""
    original: str
    """The text as the source has it, with LF line ends."""
    body: str
    """The text without its front matter, as Markdown of ours so far as it was understood."""
    head: Manuscript | None = None
    """The front matter, where its lines can stay as they are."""
    front: Front = field(default_factory=dict)
    """Our keys, as the dialect understood theirs; None takes one out."""
    kept: Front = field(default_factory=dict)
    """Keys that mean nothing to us, where the head's lines cannot stay."""
    urls: list[str] = field(default_factory=list)
    """Addresses that the page had on its site, without slashes at the ends."""
    title: str = ""
    faults: list[Fault] = field(default_factory=list)
    is_own: bool = False
    """Whether the text is one of ours already, which stays as it is to the byte."""
    group: str = ""
    """What translations of the same page have in common."""
    pending: dict[str, str] = field(default_factory=dict)
    """Placeholders in the body for references that are not resolved yet, and how they are written."""

    def note(self, code: str, said: str, *, at: int = 0, fix: str = "") -> None:
        """Say what was not understood, at an offset of the original text."""
        self.faults.append(Fault(self.source, *place(self.original, max(at, 0)), code, said, fix))

    @property
    def body_start(self) -> int:
        """Where the body begins in the original, or would."""
        return max(self.original.find(self.body[:200]), 0) if self.body else 0


@dataclass
class Shelf:
    """A section that the source describes."""

    path: str
    title: str = ""
    description: str = ""
    order: int | None = None
    visibility: str | None = None
    own: bytes | None = None
    """Its `_folder.yml`, if it has one of ours."""


@dataclass
class Understood:
    """All that a dialect makes of a source."""

    dialect: str
    pages: list[Page] = field(default_factory=list)
    shelves: list[Shelf] = field(default_factory=list)
    assets: dict[str, str] = field(default_factory=dict)
    """Pictures and files by their paths in the source: where each is to lie below content/assets."""
    faults: list[Fault] = field(default_factory=list)
    urls_of: dict[str, str] = field(default_factory=dict)
    """Further addresses on the old site, each with the path of the file behind it."""
