"""An import before it happens: what would become of every byte of the source."""

from collections import Counter
from dataclasses import dataclass, field

from app.articles.article import Status, Visibility
from app.articles.exchange.page import Page
from app.articles.files.fault import Fault
from app.articles.files.folder import Folder
from app.articles.files.manuscript import Manuscript
from app.articles.preparing import Prepared


@dataclass(frozen=True)
class Wishes:
    """What whoever imports asks for."""

    into: str = ""
    """The folder below content/articles for all of it."""
    dialect: str = "auto"
    visibility: Visibility | None = None
    """Who may read what does not say so itself; None: whoever may read other articles of its folder."""
    status: Status | None = None
    """The status of what does not say one itself; None: published."""


@dataclass
class Incoming:
    """A page on its way to be an article."""

    id: str
    path: str
    page: Page
    prepared: Prepared
    original: Manuscript | None
    """The text as it came, if that is another and can be a revision."""
    what: str = "new"
    """In a word: new, changed, merged, unchanged, in conflict, left alone."""
    over: int | None = None
    """The revision that was live when the plan was made."""


@dataclass
class ImportPlan:
    """All of it; nothing has been changed yet."""

    source: str
    dialect: str
    incoming: list[Incoming] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    """Sections that are not there yet."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Pictures and descriptions of folders, by their paths below content/."""
    held: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    """What neither an article nor a picture holds byte by byte: its path, bytes, and why it is kept."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many articles are to be what."""
        return Counter(each.what for each in self.incoming)

    @property
    def changes(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.files or set(self.counts) - {"unchanged", "left alone", "in conflict"})
