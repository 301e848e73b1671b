"""A notice: that something happened, said to one person; and the digests that they have had."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, and_

from app.core.db import CreatedAt, Id, Mapped, Model, enum_text, mapped_column
from app.notifications.occasion import Occasion, Way


class Notice(Model):
    """It is about one matter (`matter.py`).  `way` is how its reader had chosen to hear of it."""

    __tablename__ = "notices"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    occasion: Mapped[Occasion] = mapped_column(enum_text(Occasion))
    way: Mapped[Way] = mapped_column(enum_text(Way))
    ticket_id: Mapped[int | None] = mapped_column(
        ForeignKey("tickets.id", ondelete="CASCADE"), index=True
    )
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), index=True
    )
    review_id: Mapped[int | None] = mapped_column(
        ForeignKey("article_reviews.id", ondelete="CASCADE"), index=True
    )
    article_id: Mapped[str | None] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    """The article; also of a change to it."""
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("ticket_messages.id", ondelete="CASCADE")
    )
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Who brought it about; None: nobody did."""
    created_at: Mapped[CreatedAt] = mapped_column(index=True)
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    """When a mail with it was made."""
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outbound_mails.id"))
    """The mail that was made of it, with others."""


UNREAD = Notice.read_at.is_(None)
WAITING = and_(UNREAD, Notice.mailed_at.is_(None))
"""To be sent yet: whoever has read it on the site needs no mail about it."""

Index("ix_notices_user_id_id", Notice.user_id, Notice.id)
Index(
    "ix_notices_unread",
    Notice.user_id,
    Notice.ticket_id,
    Notice.question_id,
    sqlite_where=UNREAD,
    postgresql_where=UNREAD,
)
Index(
    "ix_notices_waiting",
    Notice.way,
    Notice.user_id,
    sqlite_where=WAITING,
    postgresql_where=WAITING,
)


class Digest(Model):
    """A digest that somebody got, or for which there was nothing to say: one for each time it was due."""

    __tablename__ = "digests"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
