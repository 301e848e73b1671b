"""Folders as sections: what `_folder.yml` says, and what folders below inherit from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.articles.article import LAST, Visibility
from app.articles.files.fault import Fault, Faulty
from app.articles.files.mapping import read_mapping
from app.articles.files.reader import Reader
from app.articles.files.source_file import FOLDER_FILE, find, read
from app.articles.languages import site_language
from app.core.settings import LANGUAGE_FORM
from app.core.slugs import slug

REVIEW_FORM = r"[1-9]\d{0,3}[dm]"
_KNOWN = frozenset(
    {"title", "description", "order", "visibility", "lang", "owner", "review_every", "category"}
)


@dataclass(frozen=True)
class Folder:
    """A section.  `broken` when its file cannot be read: then nobody knows who may see what."""

    path: str
    title: str
    description: str = ""
    position: int = LAST
    visibility: Visibility = Visibility.AGENTS
    lang: str = field(default_factory=site_language)
    owner: str | None = None
    category: str | None = None
    review_every: str | None = None
    broken: bool = False
    slug: str = ""


def read_folders(root: Path, paths: Iterable[str]) -> tuple[dict[str, Folder], list[Fault]]:
    """The folders at these paths and all above them, and what is wrong with their files."""
    with_file = {path.rpartition("/")[0] for path in find(root, FOLDER_FILE)}
    folders: dict[str, Folder] = {}
    faults: list[Fault] = []
    for path in sorted({above for each in paths for above in _with_parents(each)}):
        parent = folders.get(path.rpartition("/")[0]) if path else None
        folders[path] = with_own_slug(plain_folder(path, parent), folders)
        if path not in with_file:
            continue
        try:
            file = read(root, f"{path}/{FOLDER_FILE}".lstrip("/"))
            folders[path], warnings = described(folders[path], file.text, path=file.path)
            faults += warnings
        except Faulty as fault:
            folders[path] = replace(folders[path], broken=True)
            faults += fault.faults
    return folders, faults


def described(folder: Folder, text: str, *, path: str) -> tuple[Folder, list[Fault]]:
    """The folder as its file, which lies at the path, describes it, and warnings.  Raises Faulty."""
    reader = Reader(read_mapping(text, path=path), path=path)
    found = replace(
        folder,
        title=reader.text("title", longest=200) or folder.title,
        description=reader.text("description", longest=300) or "",
        position=_or(reader.integer("order"), LAST),
        visibility=reader.choice("visibility", Visibility) or folder.visibility,
        lang=reader.pattern("lang", LANGUAGE_FORM, says="a language code, such as en")
        or folder.lang,
        owner=reader.text("owner", longest=254) or folder.owner,
        category=reader.text("category", longest=300) or folder.category,
        review_every=reader.pattern(
            "review_every", REVIEW_FORM, says="days or months, such as 90d or 6m"
        )
        or folder.review_every,
    )
    reader.warn_of_unknown(_KNOWN)
    return found, reader.done()


def plain_folder(path: str, parent: Folder | None) -> Folder:
    """A folder without a file of its own."""
    name = path.rpartition("/")[2].replace("-", " ").replace("_", " ").strip()
    title = (name[:1].upper() + name[1:])[:200] or "General"
    if parent is None:
        return Folder(path, title)
    return replace(
        parent, path=path, title=title, description="", position=LAST, category=None, slug=""
    )


def with_own_slug(folder: Folder, others: Mapping[str, Folder]) -> Folder:
    """The folder with an address that none of the others has."""
    wanted = slug(folder.path.replace("/", "-")) if folder.path else "general"
    taken = {other.slug for other in others.values()}
    number, found = 2, wanted
    while found in taken:
        number, found = number + 1, f"{wanted[:75]}-{number}"
    return replace(folder, slug=found)


def _with_parents(path: str) -> Iterable[str]:
    parts = path.split("/") if path else []
    return ("/".join(parts[:count]) for count in range(len(parts) + 1))


def _or(value: int | None, default: int) -> int:
    return default if value is None else value
