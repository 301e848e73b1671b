"""A canned reply: a text in Markdown, with placeholders, under a title by which it is found."""

from app.core.db import CreatedAt, Id, LongText, Mapped, Model, Short
from app.tickets.shelf import Shelved


class CannedReply(Shelved, Model):
    """One text.  Its placeholders were known when it was kept."""

    __tablename__ = "canned_replies"

    id: Mapped[Id]
    title: Mapped[Short]
    text: Mapped[LongText]
    created_at: Mapped[CreatedAt]
