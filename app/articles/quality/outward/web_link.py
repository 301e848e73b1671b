"""An address of the web that articles link to, and what its server said; and a look at all of them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String

from app.core.db import CreatedAt, Id, Line, LongText, Mapped, Model, enum_text, mapped_column


class Answer(StrEnum):
    """What became of asking."""

    THERE = "there"
    GONE = "gone"
    TROUBLE = "trouble"
    """No answer, or one of trouble: perhaps for now only."""
    NOT_ASKED = "not_asked"
    """It leads into a private network, or is no address that can be asked."""


class WebLink(Model):
    """The last answer about one address."""

    __tablename__ = "web_links"

    sha: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the address, which may be too long for an index."""
    url: Mapped[LongText]
    answer: Mapped[Answer] = mapped_column(enum_text(Answer))
    said: Mapped[Line]
    checked_at: Mapped[datetime]


class LinkCheck(Model):
    """A look at all of them, and how far it has come."""

    __tablename__ = "link_checks"

    id: Mapped[Id]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    asked_at: Mapped[CreatedAt]
    total: Mapped[int | None]
    """None until the worker has begun."""
    done: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
