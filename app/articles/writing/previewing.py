"""How a text will look to readers, and what is wrong with it, before anything is saved."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import select

from app.articles.article import Article
from app.articles.composing import folder_of, links_of, path_of, place_in, refuse_taken_address
from app.articles.content_file import ContentFile
from app.articles.files.fault import Fault, Faulty
from app.articles.files.fields import Fields, read_fields
from app.articles.files.manuscript import Manuscript
from app.articles.linking import Anchor, is_id
from app.articles.pointers import refuse_unknown
from app.articles.preparing import broken_links, picture_warnings, prepare
from app.articles.revision import Revision
from app.articles.writing.particulars import Said, filled
from app.articles.writing.saving import base_text
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.markdown import Profile, render, trusted
from app.core.settings import settings
from app.core.slugs import slug

WORDS_A_MINUTE = 200
_WORD = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True)
class Problem:
    """Something to look at.  `line` counts from 1 in the text; None for the front matter."""

    sentence: str
    is_error: bool
    line: int | None = None


@dataclass(frozen=True)
class Preview:
    """The article as its page would show it."""

    title: str
    html: Markup
    problems: tuple[Problem, ...]
    words: int

    @property
    def minutes(self) -> int:
        """How long it takes to read."""
        return max(1, round(self.words / WORDS_A_MINUTE))


def preview(said: Said, *, article: Article | None, base: int | None) -> Preview:
    """The form as readers would see it.  Raises Conflict for a base that is not of this article."""
    path = (
        path_of(article)
        if article
        else place_in(said["folder"], said["slug"] or slug(said["title"]))
    )
    before = base_text(article, base) if article else Manuscript.of("")
    try:
        manuscript = filled(before, said, path=path)
        fields, warnings = read_fields(manuscript, folder_of(path), path=path, zone=settings().zone)
    except Faulty as fault:
        return _unreadable(said, fault.faults, path=path)
    except InvalidInput as fault:
        return _unreadable(said, [Fault(path, 1, 1, "E105", fault.message)], path=path)
    id = article.id if article else "kb_new"
    links = links_of(manuscript.text, path=path)
    prepared = prepare(id, manuscript, fields, folder_of(path), links)
    faults = [
        *broken_links(prepared, path, first_line=1, pages=_pages(prepared.anchors)),
        *picture_warnings(prepared, path, first_line=1),
    ]
    problems = [
        *_of_the_front([*warnings, *_refused(said, id, fields, article, path)]),
        *(Problem(each.sentence, each.is_error, each.line) for each in sorted(faults)),
    ]
    words = len(_WORD.findall(fields.text))
    return Preview(said["title"], trusted(prepared.html), tuple(problems), words)


def _unreadable(said: Said, faults: Iterable[Fault], *, path: str) -> Preview:
    links = links_of(said["body"], path=path)
    html = render(said["body"], profile=Profile.DOCUMENT, link=links.resolve).html
    words = len(_WORD.findall(said["body"]))
    return Preview(said["title"], html, tuple(_of_the_front(faults)), words)


def _of_the_front(faults: Iterable[Fault]) -> Iterable[Problem]:
    """Times are of our zone here, and a form has a title: neither needs to be said."""
    return [
        Problem(each.sentence, each.is_error)
        for each in faults
        if each.code not in ("W202", "W203")
    ]


def _refused(
    said: Said, id: str, fields: Fields, article: Article | None, path: str
) -> list[Fault]:
    """What saving would refuse."""
    try:
        refuse_taken_address(id, fields)
        refuse_unknown(fields, id=article.id if article else id)
    except InvalidInput as fault:
        return [Fault(path, 1, 1, "E106", fault.message)]
    return []


def _pages(anchors: Iterable[Anchor]) -> Mapping[str, str]:
    """The HTML of articles to whose headings a text links, by what it calls them."""
    names = {each.path for each in anchors}
    if not names:
        return {}
    rows = (
        select(Article.id, ContentFile.path, Revision.html)
        .join(Revision, Revision.id == Article.live_revision_id)
        .outerjoin(ContentFile, ContentFile.article_id == Article.id)
        .where(Article.id.in_(names) | ContentFile.path.in_(names))
    )
    found = db.session.execute(rows).all()
    by_path = {row.path: row.html for row in found if row.path}
    return by_path | {row.id: row.html for row in found if is_id(row.id)}
