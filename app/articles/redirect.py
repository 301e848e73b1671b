"""An old address of an article."""

from sqlalchemy import ForeignKey, String

from app.core.db import CreatedAt, Mapped, Model, mapped_column


class Redirect(Model):
    """Leads to the article wherever it stands now, so it is one hop however often it moved."""

    __tablename__ = "article_redirects"

    old_path: Mapped[str] = mapped_column(String(300), primary_key=True)
    article_id: Mapped[str] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[CreatedAt]
