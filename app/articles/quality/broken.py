"""Links that lead nowhere, or to what not all of their readers may see; pictures that are missing or mute."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.articles.article import Article, Status, Visibility
from app.articles.assets.image import Asset
from app.articles.content_file import ContentFile, FileState
from app.articles.languages import site_language
from app.articles.links.link import ArticleLink, LinkKind
from app.articles.quality.finding import Finding, edit_url, quoted
from app.articles.redirect import Redirect
from app.articles.revision import Revision
from app.core.db import db

_Source, _Target, _SourceFile, _TargetFile = (
    aliased(Article),
    aliased(Article),
    aliased(ContentFile),
    aliased(ContentFile),
)
_ASSETS = "../assets/"


def links() -> Iterator[Finding]:
    """Links to articles that are not there, or that fewer people may read than the one they stand in."""
    site = {"site": site_language()}
    for row in [*db.session.execute(_BY_PATH), *db.session.execute(_BY_ADDRESS, site)]:
        yield _finding(row, _what_is_wrong(row))


def headings() -> Iterator[Finding]:
    """Links to headings that are not there."""
    rows = db.session.execute(_WITH_FRAGMENT, {"site": site_language()}).all()
    known = _ids_of({row.revision_id for row in rows if row.revision_id})
    for row in rows:
        if row.revision_id and row.fragment not in known.get(row.revision_id, ()):
            heading = quoted(row.fragment.removeprefix("h-"))
            yield _finding(row, f"There is no heading {heading} any more: {quoted(row.target)}")


def pictures() -> Iterator[Finding]:
    """Pictures and documents that are missing, or lie elsewhere."""
    for row in db.session.execute(_MISSING):
        elsewhere = row.target.startswith(("http:", "https:", "//"))
        said = "lies elsewhere, so pages only link to it" if elsewhere else "is missing"
        yield _finding(row, f"The file {quoted(row.target)} {said}.")


def descriptions() -> Iterator[Finding]:
    """Pictures that say nothing to those who do not see them."""
    for row in db.session.execute(_UNDESCRIBED):
        yield _finding(row, f"The picture {quoted(row.target)} has no description.", "Describe it")


def finding_at(row: Any, sentence: str, fix: str = "Mend") -> Finding:
    """A finding in a line of an article; the row has the columns of `PLACE`."""
    return _finding(row, sentence, fix)


def live(article: Any) -> ColumnElement[bool]:
    """The condition that leaves only articles which somebody writes or reads."""
    return and_(article.status != Status.ARCHIVED, article.deleted_at.is_(None))


def _finding(row: Any, sentence: str, fix: str = "Mend") -> Finding:
    return Finding(
        title=row.title,
        sentence=sentence,
        fix_url=edit_url(row.article_id, row.line),
        fix=fix,
        article_id=row.article_id,
        path=row.path or "",
        line=row.line,
        column=row.column,
    )


def _what_is_wrong(row: Row[Any]) -> str:
    target = quoted(row.target)
    if row.to_id is None:
        return f"The link leads to nothing: {target}"
    if row.to_status is not Status.PUBLISHED:
        return f"The link leads to an article that is not published: {target}"
    return f"Not everybody who reads this may read what the link leads to: {target}"


def _ids_of(revisions: Collection[int]) -> dict[int, set[str]]:
    """The ids of the headings of revisions."""
    if not revisions:
        return {}
    rows = select(Revision.id, Revision.headings).where(Revision.id.in_(revisions))
    return {id: {each["id"] for each in headings} for id, headings in db.session.execute(rows)}


PLACE = (
    ArticleLink.article_id,
    ArticleLink.target,
    ArticleLink.line,
    ArticleLink.column,
    _Source.title,
    _SourceFile.path,
)
ORDER = (_SourceFile.path, ArticleLink.article_id, ArticleLink.line, ArticleLink.column)


def placed(*more: Any) -> Select[Any]:
    """Links of live articles with the columns of `PLACE`, in the order of files and lines."""
    return (
        select(*PLACE, *more)
        .join(_Source, _Source.id == ArticleLink.article_id)
        .outerjoin(_SourceFile, _SourceFile.article_id == _Source.id)
        .where(live(_Source))
        .order_by(*ORDER)
    )


def stands_at(article: Any) -> ColumnElement[str]:
    """Where an article stands below `/help/`, as `languages.place` says; with the parameter `site`."""
    in_another: ColumnElement[str] = article.lang + "/" + article.slug
    return case((article.lang == bindparam("site"), article.slug), else_=in_another)


def _openness(article: Any) -> Any:
    """How many may read it, as a number: more is more."""
    return case(
        (~article.shown, 0),
        (article.visibility == Visibility.AGENTS, 1),
        (article.visibility == Visibility.SIGNED_IN, 2),
        else_=3,
    )


_TO = (_Target.id.label("to_id"), _Target.status.label("to_status"))
_LEADS_ASTRAY = or_(
    _Target.id.is_(None), and_(_Source.shown, _openness(_Target) < _openness(_Source))
)
_BY_PATH = (
    placed(*_TO)
    .outerjoin(
        _TargetFile,
        and_(_TargetFile.path == ArticleLink.to_path, _TargetFile.state != FileState.MISSING.value),
    )
    .outerjoin(_Target, and_(_Target.id == _TargetFile.article_id, live(_Target)))
    .where(
        ArticleLink.kind == LinkKind.ARTICLE, ~ArticleLink.to_path.startswith("/"), _LEADS_ASTRAY
    )
)
_ADDRESS = func.substr(ArticleLink.to_path, 2)
"""Of a link by address or id: what follows `/help/`, or the id."""
_BY_ADDRESS = (
    placed(*_TO)
    .outerjoin(
        _Target, and_(or_(stands_at(_Target) == _ADDRESS, _Target.id == _ADDRESS), live(_Target))
    )
    .where(
        ArticleLink.kind == LinkKind.ARTICLE,
        ArticleLink.to_path.startswith("/"),
        _LEADS_ASTRAY,
        ~exists().where(Redirect.old_path == _ADDRESS, _Target.id.is_(None)),
    )
)
_WITH_FRAGMENT = (
    placed(
        ArticleLink.fragment,
        case(
            (ArticleLink.kind == LinkKind.PLACE, _Source.live_revision_id),
            else_=_Target.live_revision_id,
        ).label("revision_id"),
    )
    .outerjoin(_TargetFile, _TargetFile.path == ArticleLink.to_path)
    .outerjoin(
        _Target,
        and_(
            or_(
                _Target.id == _TargetFile.article_id,
                and_(
                    ArticleLink.to_path.startswith("/"),
                    or_(stands_at(_Target) == _ADDRESS, _Target.id == _ADDRESS),
                ),
            ),
            live(_Target),
        ),
    )
    .where(ArticleLink.fragment.startswith("h-"))
)
_ASSET_PATH = func.substr(ArticleLink.to_path, len(_ASSETS) + 1)
_MISSING = placed().where(
    ArticleLink.kind.in_((LinkKind.PICTURE, LinkKind.FILE)),
    or_(
        ArticleLink.image_sha.is_(None),
        and_(ArticleLink.to_path.startswith(_ASSETS), ~exists().where(Asset.path == _ASSET_PATH)),
    ),
)
_UNDESCRIBED = placed().where(ArticleLink.kind == LinkKind.PICTURE, ~ArticleLink.described)
