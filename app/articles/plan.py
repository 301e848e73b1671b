"""A sync before it happens: what would be done, and what is wrong."""

from collections import Counter
from dataclasses import dataclass, field

from app.articles.deciding import Move
from app.articles.files.fault import Fault
from app.articles.files.folder import Folder
from app.articles.files.manuscript import Manuscript
from app.articles.known import Known
from app.articles.preparing import Prepared


@dataclass(frozen=True)
class Step:
    """What is to be done with one article and its file."""

    move: Move
    what: str
    """In a word, for people: new, changed, exported, …"""
    id: str
    path: str
    """Where its file lies, or is to lie."""
    known: Known | None = None
    file_sha: str | None = None
    """The file as it was seen; None: there is none."""
    file: Manuscript | None = None
    """What the file says, with the id in it; None if it was not read."""
    prepared: Prepared | None = None
    """What becomes the live text."""
    writes: str | None = None
    """What is to be written to the file then."""
    states_id: bool = True
    conflicts: tuple[str, ...] = ()
    """What the two texts contradict each other in."""

    @property
    def is_old_conflict(self) -> bool:
        """Whether it is a conflict of which everything is known already."""
        known, file, prepared = self.known, self.file, self.prepared
        if not (self.conflicts and known and file and prepared):
            return False
        return (known.draft_sha, known.made_from) == (file.sha, prepared.made_from)


@dataclass
class Plan:
    """All steps; nothing has been changed yet."""

    folders: list[Folder] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    unchanged: int = 0
    waiting: set[str] = field(default_factory=set)
    """Articles whose steps were left out because of what was asked for: one direction, or some articles."""
    gone: int = 0
    """How many files are no longer there."""
    tracked: int = 0
    """How many files there were at the last sync, and how many there are that were not."""
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    """What is wrong with the files that were read, by path."""
    owners: dict[str, tuple[str, tuple[int, int]]] = field(default_factory=dict)
    """Who is to look after an article, and where its file says so, by its path."""
    present: set[str] = field(default_factory=set)
    """Paths of all files, good or bad."""
    read: set[str] = field(default_factory=set)
    """Paths of the files that were read, so that older faults of theirs are settled."""
    skipped: dict[str, set[str]] = field(default_factory=dict)
    """Paths of files with errors, each with the ids of the article that it is; it stays as it is."""
    conflicts: int = 0

    @property
    def is_suspicious(self) -> bool:
        """Whether so many files are gone that an unmounted folder is likelier than an intention."""
        return self.gone > max(5, self.tracked // 5)

    @property
    def counts(self) -> Counter[str]:
        """How often what is to be done."""
        return Counter(step.what for step in self.steps)
