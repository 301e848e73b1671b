"""Recalling what the database knows when a sync begins: a constant number of statements."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.articles.article import Article
from app.articles.assets.known import all_known
from app.articles.content_file import ContentFile
from app.articles.files.fault import Fault
from app.articles.files.manuscript import Manuscript
from app.articles.known import Known, Records
from app.articles.redirect import Redirect
from app.articles.revision import Revision
from app.articles.tombstone import Tombstone
from app.core.db import db

_LIVE, _BASE, _DRAFT = aliased(Revision), aliased(Revision), aliased(Revision)
_KNOWN = (
    select(
        Article.id,
        Article.slug,
        Article.lang,
        Article.status,
        Article.deleted_at.is_not(None),
        Article.section_path,
        Article.live_revision_id,
        _LIVE.sha,
        _LIVE.made_from,
        _DRAFT.sha,
        ContentFile.path,
        ContentFile.file_sha,
        ContentFile.base_revision_id,
        _BASE.sha,
        ContentFile.states_id,
        ContentFile.state,
    )
    .join(_LIVE, _LIVE.id == Article.live_revision_id)
    .outerjoin(ContentFile, ContentFile.article_id == Article.id)
    .outerjoin(_BASE, _BASE.id == ContentFile.base_revision_id)
    .outerjoin(_DRAFT, _DRAFT.id == Article.draft_revision_id)
)


def recall() -> Records:
    """Everything but texts, which are asked for as they are needed."""
    articles = (Known(*row) for row in db.session.execute(_KNOWN))
    redirects = db.session.execute(select(Redirect.old_path, Redirect.article_id))
    assets, images = all_known()
    tombstones = db.session.execute(select(Tombstone.id, Tombstone.last_sha))
    return Records(
        articles={each.id: each for each in articles},
        noted=_noted(),
        tombstones={row.id: row.last_sha for row in tombstones},
        redirects={row.old_path: row.article_id for row in redirects},
        assets=assets,
        images=images,
        manuscripts=_manuscripts,
        html=_html,
    )


def _noted() -> dict[str, tuple[Fault, ...]]:
    rows = select(ContentFile.path, ContentFile.faults)
    found = db.session.execute(rows).all()
    return {path: tuple(Fault(**each) for each in faults) for path, faults in found if faults}


def _manuscripts(revisions: Collection[int]) -> Mapping[int, Manuscript]:
    if not revisions:
        return {}
    rows = select(Revision.id, Revision.head, Revision.body).where(Revision.id.in_(revisions))
    return {id: Manuscript.of(head + body) for id, head, body in db.session.execute(rows)}


def _html(articles: Collection[str]) -> Mapping[str, str]:
    if not articles:
        return {}
    rows = select(Article.id, Revision.html).join(Revision, Revision.id == Article.live_revision_id)
    return {row.id: row.html for row in db.session.execute(rows.where(Article.id.in_(articles)))}
