"""The latest articles as a feed (Atom, RFC 4287)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.user import Person
from app.articles.access import VISIBLE, readable_by
from app.articles.article import Article, Section
from app.articles.for_machines.elsewhere import elsewhere
from app.articles.languages import place
from app.articles.linking import address
from app.articles.revision import Revision
from app.core.db import at_most, db
from app.core.settings import settings

MOST = 30


@dataclass(frozen=True)
class Entry:
    """An article in the feed; `id` stays the same wherever it moves."""

    id: str
    url: str
    lang: str
    title: str
    summary: str
    html: str
    section: str
    published_at: datetime
    updated_at: datetime


def latest(user: Person) -> Sequence[Entry]:
    """The articles that changed last, of those that this person may read; 30 at most."""
    rows = db.session.execute(_LATEST, {"readable": readable_by(user)})
    return [
        Entry(
            id=lasting_id(row.id),
            url=settings().public_url + address(place(row.slug, row.lang)),
            lang=row.lang,
            title=row.title,
            summary=row.summary,
            html=elsewhere(row.html, headings=True),
            section=row.section,
            published_at=row.published_at or row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    ]


def lasting_id(name: str) -> str:
    """A name for something of this desk that never changes (RFC 4122, version 5)."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings().public_url}/{name}')}"


_LATEST = (
    select(
        Article.id,
        Article.slug,
        Article.lang,
        Article.title,
        Article.summary,
        Article.created_at,
        Article.published_at,
        Article.updated_at,
        Section.title.label("section"),
        Revision.html,
    )
    .join(Revision, Revision.id == Article.live_revision_id)
    .join(Section, Section.path == Article.section_path)
    .where(VISIBLE)
    .order_by(Article.updated_at.desc(), Article.id)
    .limit(at_most(MOST))
)
