"""The folders as a tree, in the order of the help centre."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.articles.article import Article, Section, Visibility
from app.core.db import db


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A line of the tree; `depth` counts from 0."""

    path: str
    slug: str
    title: str
    description: str
    visibility: Visibility
    articles: int
    depth: int
    is_first: bool
    is_last: bool


def tree() -> Sequence[FolderRow]:
    """All folders, each below the one that it lies in; last the top, if articles lie there."""
    number = select(Article.section_path, func.count()).where(Article.deleted_at.is_(None))
    counts = {row[0]: row[1] for row in db.session.execute(number.group_by(Article.section_path))}
    sections = db.session.scalars(select(Section)).all()
    rows = list(_below("", _children(sections), counts, depth=0))
    top = next((each for each in sections if not each.path and counts.get("")), None)
    return [*rows, _row(top, counts, depth=0, place=0, last=0)] if top else rows


def siblings(section: Section) -> Sequence[Section]:
    """The folders beside one, itself among them, in order."""
    sections = db.session.scalars(select(Section)).all()
    return _children(sections)[_above(section.path, {each.path for each in sections})]


def _children(sections: Sequence[Section]) -> Mapping[str, list[Section]]:
    found: defaultdict[str, list[Section]] = defaultdict(list)
    paths = {each.path for each in sections}
    for each in sorted(sections, key=lambda each: (each.position, each.title, each.path)):
        if not each.path:
            continue  # the top lies in nothing
        found[_above(each.path, paths)].append(each)
    return found


def _above(path: str, paths: set[str]) -> str:
    """The folder in which it is shown; the top is no folder, though articles may lie there."""
    above = path.rpartition("/")[0]
    return above if above in paths else ""


def _below(
    above: str, children: Mapping[str, list[Section]], counts: Mapping[str, int], *, depth: int
) -> Iterator[FolderRow]:
    here = children.get(above, [])
    for place, each in enumerate(here):
        yield _row(each, counts, depth=depth, place=place, last=len(here) - 1)
        yield from _below(each.path, children, counts, depth=depth + 1)


def _row(
    section: Section, counts: Mapping[str, int], *, depth: int, place: int, last: int
) -> FolderRow:
    return FolderRow(
        section.path,
        section.slug,
        section.title,
        section.description,
        section.visibility,
        counts.get(section.path, 0),
        depth,
        place == 0,
        place == last,
    )
