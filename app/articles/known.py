"""What the database knows about articles and their files when a sync begins."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from app.articles.article import Status
from app.articles.assets.known import Images
from app.articles.claims import Address, Claim
from app.articles.content_file import FileState
from app.articles.files.fault import Fault
from app.articles.files.manuscript import Manuscript


@dataclass(frozen=True)
class Known:
    """An article, and the file that it was level with."""

    id: str
    slug: str
    lang: str
    status: Status
    in_trash: bool
    section_path: str
    live_id: int | None
    live_sha: str
    made_from: str
    draft_sha: str | None = None
    path: str | None = None
    file_sha: str | None = None
    base_id: int | None = None
    base_sha: str | None = None
    states_id: bool | None = None
    state: FileState | None = None

    @property
    def claim(self) -> Claim:
        """What it holds."""
        return Claim(self.id, self.slug, self.lang, self.status)

    @property
    def is_missing(self) -> bool:
        """Whether it is known that its file is gone."""
        return self.state is FileState.MISSING

    @property
    def is_tracked(self) -> bool:
        """Whether a file was ever level with it."""
        return self.path is not None and (self.base_id is not None or self.state is FileState.OK)


def _none(_: Collection[int]) -> Mapping[int, Manuscript]:
    return {}


def _no_html(_: Collection[str]) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Records:
    """All of it; empty where there is no database."""

    articles: Mapping[str, Known] = field(default_factory=dict)
    noted: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    """Faults that were found in files, by path."""
    tombstones: Mapping[str, str] = field(default_factory=dict)
    """Ids of articles that were deleted for good, and the last text of their files."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Old addresses, and the ids of the articles that they lead to."""
    assets: Images = field(default_factory=dict)
    """The images that files below `content/assets/` hold, by path."""
    images: Images = field(default_factory=dict)
    """All images, by hash."""
    manuscripts: Callable[[Collection[int]], Mapping[int, Manuscript]] = _none
    """The texts of revisions."""
    html: Callable[[Collection[str]], Mapping[str, str]] = _no_html
    """The HTML of live revisions, by the ids of their articles."""

    @property
    def by_path(self) -> dict[str, Known]:
        """The articles that have a file, by its path."""
        return {each.path: each for each in self.articles.values() if each.path}

    @property
    def holders(self) -> dict[Address, str]:
        """Which article has which address."""
        return {
            each.claim.address: each.id
            for each in self.articles.values()
            if each.claim.address and not each.in_trash
        }
