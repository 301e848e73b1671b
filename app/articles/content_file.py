"""A file of the knowledge base, and the text in which it and its article were level last."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String

from app.core.db import Mapped, Model, enum_text, mapped_column


class FileState(StrEnum):
    """How a file stands to its article."""

    OK = "ok"
    CONFLICT = "conflict"
    ERROR = "error"
    MISSING = "missing"


class ContentFile(Model):
    """A file at a path; without an article if it has errors and never became one.

    A missing one stays known while its article lies in the trash.
    """

    __tablename__ = "content_files"

    path: Mapped[str] = mapped_column(String(400), primary_key=True)
    article_id: Mapped[str | None] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), unique=True
    )
    base_revision_id: Mapped[int | None] = mapped_column(ForeignKey("article_revisions.id"))
    """None if it was loaded before files were written, too: then the file is right."""
    file_sha: Mapped[str] = mapped_column(String(64))
    """Of the file as it lay there then, line ends aside."""
    states_id: Mapped[bool] = mapped_column(default=True)
    """Whether the file says which article it is; if not, its path is remembered."""
    state: Mapped[FileState] = mapped_column(enum_text(FileState))
    faults: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
