"""A note about a person, which staff write for each other."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import relationship

from app.accounts.user import User
from app.core.db import CreatedAt, Id, LongText, Mapped, Model, mapped_column


class PersonNote(Model):
    """What is good to know about somebody; `html` is its text rendered."""

    __tablename__ = "person_notes"
    __table_args__ = (Index("ix_person_notes_person_id_id", "person_id", "id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    text: Mapped[LongText]
    html: Mapped[LongText]
    renderer_version: Mapped[int]
    created_at: Mapped[CreatedAt]

    person: Mapped[User] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")
