"""Bytes of files that could not be used, or were removed: kept, so that nothing is ever lost."""

from sqlalchemy import LargeBinary, String

from app.core.db import CreatedAt, Id, Line, Mapped, Model, mapped_column


class Quarantined(Model):
    """The content of a file, once for each content."""

    __tablename__ = "content_quarantine"

    id: Mapped[Id]
    sha: Mapped[str] = mapped_column(String(64), unique=True)
    path: Mapped[str] = mapped_column(String(400))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    reason: Mapped[Line]
    first_seen_at: Mapped[CreatedAt]
