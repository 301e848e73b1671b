"""Reading what readers said: how many an article helped, for everybody, and every word, for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, case, func, or_, select

from app.accounts.user import User
from app.articles.feedback.article_vote import STAMP, ArticleVote
from app.articles.feedback.forms import REASONS
from app.articles.revision import Revision
from app.core.db import at_most, db
from app.core.web.pages import Page
from app.core.web.remembering import remembered

PER_PAGE = 50
FEWEST = 5
"""Of fewer votes no share is shown (DESIGN.md 5.4)."""

_WORDS = dict(REASONS)


@dataclass(frozen=True)
class Tally:
    """How many readers said yes, and how many no."""

    yes: int = 0
    no: int = 0

    @property
    def votes(self) -> int:
        """All of them."""
        return self.yes + self.no

    @property
    def words(self) -> str:
        """What readers are told; empty where nobody voted."""
        if self.votes < FEWEST:
            of = "reader" if self.votes == 1 else "readers"
            return f"{self.yes} of {self.votes} {of} said yes" if self.votes else ""
        return f"{self.yes / self.votes:.0%} of {self.votes:,} readers said yes"


@dataclass(frozen=True)
class OfVersion:
    """What readers said of one text of an article."""

    revision_id: int
    written_at: datetime
    author: str
    tally: Tally


@dataclass(frozen=True)
class Said:
    """A vote with what was said beside it."""

    id: int
    helped: bool
    reasons: Sequence[str]
    comment: str
    person: str | None
    """None for a visitor."""
    person_id: int | None
    at: datetime


def tally_of(article_id: str) -> Tally:
    """What readers of all its texts said.  One statement, remembered until somebody votes."""
    return remembered(STAMP, article_id, lambda: _tally(article_id))


def by_version(article_id: str) -> Sequence[OfVersion]:
    """What readers said of each text that somebody voted on, the latest first; 50 at most."""
    rows = db.session.execute(_BY_VERSION, {"id": article_id})
    return [OfVersion(row.id, row.created_at, row.author, Tally(row.yes, row.no)) for row in rows]


def said_of(article_id: str, *, before: int) -> Page[Said]:
    """What readers said in words or by reasons, the latest first, a page of it; `before` is an id."""
    rows = db.session.execute(_SAID, {"id": article_id, "before": before}).all()
    found = [
        Said(
            id=row.id,
            helped=row.helped,
            reasons=[_WORDS[each] for each in row.reasons if each in _WORDS],
            comment=row.comment,
            person=row.name,
            person_id=row.person_id,
            at=row.created_at,
        )
        for row in rows[:PER_PAGE]
    ]
    return Page(found, str(found[-1].id) if len(rows) > PER_PAGE else None)


def _tally(article_id: str) -> Tally:
    row = db.session.execute(_TALLY, {"id": article_id}).one()
    return Tally(row.yes, row.no)


_YES = func.coalesce(func.sum(case((ArticleVote.helped, 1), else_=0)), 0, type_=Integer)
_NO = func.coalesce(func.sum(case((ArticleVote.helped, 0), else_=1)), 0, type_=Integer)
_TALLY = select(_YES.label("yes"), _NO.label("no")).where(ArticleVote.article_id == bindparam("id"))
_BY_VERSION = (
    select(Revision.id, Revision.created_at, Revision.author, _YES.label("yes"), _NO.label("no"))
    .join(ArticleVote, ArticleVote.revision_id == Revision.id)
    .where(ArticleVote.article_id == bindparam("id"))
    .group_by(Revision.id, Revision.created_at, Revision.author)
    .order_by(Revision.id.desc())
    .limit(at_most(50))
)
_SAID = (
    select(
        ArticleVote.id,
        ArticleVote.helped,
        ArticleVote.reasons,
        ArticleVote.comment,
        ArticleVote.person_id,
        ArticleVote.created_at,
        User.name,
    )
    .outerjoin(User, User.id == ArticleVote.person_id)
    .where(
        ArticleVote.article_id == bindparam("id"),
        ArticleVote.id < bindparam("before", type_=Integer),
        or_(~ArticleVote.helped, ArticleVote.comment != ""),
    )
    .order_by(ArticleVote.id.desc())
    .limit(at_most(PER_PAGE + 1))
)
