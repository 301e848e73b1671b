"""A picture or document that articles show, and the file below `content/assets/` that it came from."""

from sqlalchemy import JSON, BigInteger, ForeignKey, String

from app.core.db import CreatedAt, Line, Mapped, Model, mapped_column


class Image(Model):
    """Bytes that a page may show, without what their maker did not mean to tell; `core/storage.py` has them.

    A document, such as a PDF, is one too: it has no width and no height.
    """

    __tablename__ = "article_images"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Of the cleaned bytes."""
    name: Mapped[Line]
    """The name of its file when it was first seen."""
    type: Mapped[str] = mapped_column(String(40))
    width: Mapped[int | None]
    height: Mapped[int | None]
    bytes: Mapped[int] = mapped_column(BigInteger)
    animated: Mapped[bool] = mapped_column(default=False)
    sizes: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """The hashes of its smaller copies, by their names such as `480.webp`; empty until they are made."""
    created_at: Mapped[CreatedAt]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """Who brought it, if it came by the browser."""


class Asset(Model):
    """A file below `content/assets/`, and the image that was made of it."""

    __tablename__ = "content_assets"

    path: Mapped[str] = mapped_column(String(400), primary_key=True)
    """Below `content/assets/`, with `/` everywhere."""
    file_sha: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    modified_ns: Mapped[int] = mapped_column(BigInteger)
    """As the file system says; a file that looks as it did is not read again."""
    image_sha: Mapped[str | None] = mapped_column(ForeignKey("article_images.sha256"), index=True)
    """None for a file that could never be used."""
    fault: Mapped[Line] = mapped_column(default="")
    """Why the file cannot be used; then the image that was made of it before stays."""
    from_app: Mapped[bool] = mapped_column(default=False)
    """Whether the file was written by this desk."""
