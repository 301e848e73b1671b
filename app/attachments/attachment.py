"""A file that somebody attached; its bytes lie in `core/storage.py`."""

from sqlalchemy import BigInteger, String

from app.core.db import CreatedAt, Id, Mapped, Model, Short, mapped_column


class Attachment(Model):
    """A file under the name its sender gave it.  Who may open it is decided by what it hangs on."""

    __tablename__ = "attachments"

    id: Mapped[Id]
    name: Mapped[Short]
    type: Mapped[str] = mapped_column(String(100))
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    content_id: Mapped[str | None] = mapped_column(String(250))
    """By what the HTML of its mail calls it, where it is a picture in there (RFC 2392)."""
    created_at: Mapped[CreatedAt]
