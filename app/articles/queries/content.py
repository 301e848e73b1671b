"""How files and articles stand to each other: what waits for somebody, and what both texts say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.articles.article import Article
from app.articles.content_file import ContentFile, FileState
from app.articles.files.fault import Fault
from app.articles.files.manuscript import Manuscript
from app.articles.history import base_of
from app.articles.images.taking_in import asset_faults
from app.articles.merging import both
from app.articles.quarantined import Quarantined
from app.articles.revision import Revision
from app.articles.sync_run import SyncRun
from app.core.db import at_most, db
from app.core.word_changes import Part, word_changes

MOST = 200


@dataclass(frozen=True)
class Waiting:
    """An article in conflict, or one whose text is newer in the app."""

    id: str
    title: str
    path: str


@dataclass(frozen=True)
class Overview:
    """All that somebody should know of."""

    conflicts: Sequence[Waiting]
    unwritten: Sequence[Waiting]
    """Articles that the next sync writes to their files."""
    faults: Sequence[Fault]
    quarantined: int
    synced_at: datetime | None


@dataclass(frozen=True)
class TwoTexts:
    """A conflict as its page shows it: both texts as changes of the one in which they were level."""

    id: str
    title: str
    path: str
    draft_id: int
    live_id: int
    in_file: Sequence[Part]
    in_app: Sequence[Part]
    base: str
    both: str
    app_author: str
    app_at: datetime


def overview() -> Overview:
    """What waits for somebody, errors first."""
    rows = select(ContentFile.faults).where(ContentFile.state != FileState.MISSING)
    faults = [Fault(**each) for found in db.session.scalars(rows) for each in found]
    faults += asset_faults()
    return Overview(
        conflicts=_waiting(Article.draft_revision_id.is_not(None)),
        unwritten=_waiting(
            Article.live_revision_id != ContentFile.base_revision_id,
            Article.draft_revision_id.is_(None),
            Article.deleted_at.is_(None),
        ),
        faults=sorted(faults, key=lambda each: (not each.is_error, each))[:MOST],
        quarantined=db.session.scalar(select(func.count()).select_from(Quarantined)) or 0,
        synced_at=db.session.scalar(select(func.max(SyncRun.finished_at))),
    )


def two_texts(article: Article) -> TwoTexts:
    """What the two sides say, and what they said when they were level."""
    base = base_of(article)
    draft = db.session.get_one(Revision, article.draft_revision_id)
    live = db.session.get_one(Revision, article.live_revision_id)
    before = base.manuscript if base else Manuscript.of("")
    path = select(ContentFile.path).where(ContentFile.article_id == article.id)
    return TwoTexts(
        id=article.id,
        title=article.title,
        path=db.session.scalar(path) or "",
        draft_id=draft.id,
        live_id=live.id,
        in_file=word_changes(before.text, draft.manuscript.text),
        in_app=word_changes(before.text, live.manuscript.text),
        base=before.text,
        both=both(before, draft.manuscript, live.manuscript),
        app_author=live.author,
        app_at=live.created_at,
    )


def _waiting(*conditions: object) -> Sequence[Waiting]:
    rows = (
        select(Article.id, Article.title, ContentFile.path)
        .join(ContentFile, ContentFile.article_id == Article.id)
        .where(*conditions)  # type: ignore[arg-type]
        .order_by(ContentFile.path)
        .limit(at_most(MOST))
    )
    return [Waiting(*row) for row in db.session.execute(rows)]
