"""A load of the files before it happens: what was loaded, what would be, what is wrong."""

from dataclasses import dataclass, field
from typing import Any

from app.articles.claims import Claim
from app.articles.files.fault import Fault
from app.articles.files.fields import Fields
from app.articles.files.folder import Folder
from app.core.markdown import Rendered


@dataclass(frozen=True)
class Loaded:
    """A file as it was loaded last."""

    claim: Claim
    file_sha: str
    made_from: str


@dataclass(frozen=True)
class Prepared:
    """An article ready to be stored."""

    path: str
    folder: str
    id: str
    fields: Fields
    front: dict[str, Any]
    body: str
    rendered: Rendered
    file_sha: str
    made_from: str


@dataclass
class Plan:
    """What is to be stored, what is to be withdrawn, and what is wrong."""

    folders: list[Folder] = field(default_factory=list)
    prepared: list[Prepared] = field(default_factory=list)
    unchanged: int = 0
    gone: list[str] = field(default_factory=list)
    """Ids of articles whose files are no longer there."""
    faults: list[Fault] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)
    """Paths of files with errors; their articles stay as they are."""

    @property
    def is_suspicious(self) -> bool:
        """Whether so many files are gone that an unmounted folder is likelier than an intention."""
        tracked = self.unchanged + len(self.prepared) + len(self.skipped) + len(self.gone)
        return len(self.gone) > max(5, tracked // 5)
