"""A relation: that one article is worth reading after another."""

from sqlalchemy import ForeignKey, String

from app.core.db import Mapped, Model, mapped_column


class Relation(Model):
    """Found by a job; `rank` is small for what should be read first.

    There are more of them than a page shows, for not everybody may read them all.
    """

    __tablename__ = "article_relations"

    article_id: Mapped[str] = mapped_column(
        String(13), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[str] = mapped_column(
        String(13), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    rank: Mapped[int]
