"""Keeping folders: made, described and put in order, here and in their files alike.

A folder's file is written first: it is right, so where what follows is undone, the next sync does it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import exists, select

from app.articles.article import LAST, STAMP, Article, Section, Visibility
from app.articles.deciding import Mode
from app.articles.editing import refuse_if_files_win
from app.articles.folders.folder_file import change_file, remove_file
from app.articles.folders.inheriting import pass_on
from app.articles.folders.tree import siblings
from app.articles.revising import free_slug
from app.articles.syncing import SyncBusy, only_one, root_of
from app.articles.ways import mode_of
from app.core.db import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.settings import settings
from app.core.slugs import slug
from app.core.uow import verb
from app.core.web.page_cache import bump

LONGEST_PATH = 300
DEEPEST = 6


@dataclass(frozen=True)
class Described:
    """What is said about a folder."""

    title: str
    description: str
    visibility: Visibility
    lang: str
    owner: str = ""
    review_every: str = ""

    @property
    def front(self) -> dict[str, str | None]:
        """The keys of its file."""
        return {
            "title": self.title,
            "description": self.description or None,
            "visibility": self.visibility.value,
            "lang": self.lang,
            "owner": self.owner or None,
            "review_every": self.review_every or None,
        }


def folder_or_404(slug: str) -> Section:
    """The folder with this name in addresses.  Raises NotFound."""
    section = db.session.scalar(select(Section).where(Section.slug == slug))
    if section is None:
        raise NotFound("There is no such folder here any more.")
    return section


def make_folder(above: str, described: Described) -> Section:
    """Make a folder in another one; empty: at the top.

    Raises InvalidInput (fields `title`, `above`), Conflict and NotAllowed.
    """
    if above and db.session.get(Section, above) is None:
        raise InvalidInput("Choose a folder from the list.", field="above")
    path = f"{above}/{slug(described.title)}".lstrip("/")
    if db.session.get(Section, path) is not None:
        raise InvalidInput("There is a folder of this name here already.", field="title")
    if path.count("/") >= DEEPEST or len(path) > LONGEST_PATH:
        raise InvalidInput("Folders cannot lie so deep in each other.", field="above")
    with _files() as root:
        _write(root, path, described.front)
        return _make(path, described)


def describe(section: Section, described: Described) -> None:
    """Say something else about a folder.  Raises as `make_folder`."""
    before = Described(
        section.title,
        section.description,
        section.visibility,
        section.lang,
        section.owner,
        section.review_every,
    ).front
    front = {key: value for key, value in described.front.items() if value != before[key]}
    with _files() as root:
        if front:
            _write(root, section.path, front)
        _describe(section, described=described)
        pass_on(section, root=root)


def move_up(section: Section) -> None:
    """Put a folder before the one that it follows.  Raises Conflict and NotAllowed."""
    _put(section, step=-1)


def move_down(section: Section) -> None:
    """Put a folder behind the one that follows it.  Raises Conflict and NotAllowed."""
    _put(section, step=1)


def remove_folder(section: Section) -> None:
    """Take away an empty folder.  Raises Conflict for one that is not, and NotAllowed."""
    in_it = select(exists().where(Article.section_path == section.path))
    below = select(exists().where(Section.path.startswith(f"{section.path}/", autoescape=True)))
    if db.session.scalar(in_it) or db.session.scalar(below) or not section.path:
        raise Conflict("There is something in this folder, or in the trash of it. Move it first.")
    with _files() as root:
        if root is not None:
            remove_file(root, section.path)
        _remove(section)


def _put(section: Section, *, step: int) -> None:
    here = list(siblings(section))
    place = next((at for at, each in enumerate(here) if each.path == section.path), -2)
    if not 0 <= place + step < len(here):
        return
    here[place], here[place + step] = here[place + step], here[place]
    with _files() as root:
        moved = {each.path: at for at, each in enumerate(here, 1) if each.position != at}
        for path, at in moved.items():
            _write(root, path, {"order": at})
        _arrange(here, places=moved)


@contextmanager
def _files() -> Iterator[Path | None]:
    """The folder of the files while no sync is at work; None where there is no sync."""
    refuse_if_files_win()
    if mode_of(settings()) is Mode.OFF:
        yield None
        return
    try:
        with only_one(settings().instance):
            yield root_of(settings())
    except SyncBusy as fault:
        raise Conflict("A sync is at work. Try again in a moment.") from fault


def _write(root: Path | None, path: str, front: Mapping[str, str | int | None]) -> None:
    if root is not None:
        change_file(root, path, front)


@verb
def _make(path: str, described: Described) -> Section:
    section = Section(path=path, position=LAST, category="")
    section.slug = free_slug(slug(path.replace("/", "-")), db.session.scalars(select(Section.slug)))
    db.session.add(section)
    _say(section, described)
    return section


@verb
def _describe(section: Section, *, described: Described) -> None:
    _say(section, described)


@verb
def _arrange(sections: Sequence[Section], *, places: Mapping[str, int]) -> None:
    for each in sections:
        each.position = places.get(each.path, each.position)
    bump(STAMP)


@verb
def _remove(section: Section) -> None:
    db.session.delete(section)
    bump(STAMP)


def _say(section: Section, described: Described) -> None:
    section.title, section.description = described.title, described.description
    section.visibility, section.lang = described.visibility, described.lang
    section.owner, section.review_every = described.owner, described.review_every
    bump(STAMP)
