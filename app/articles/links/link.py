"""A link or picture in the live text of an article, and what it leads to."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String

from app.core.db import Id, LongText, Mapped, Model, enum_text, mapped_column


class LinkKind(StrEnum):
    """What somebody links to."""

    ARTICLE = "article"
    PLACE = "place"
    """A heading of the same article."""
    FILE = "file"
    PICTURE = "picture"
    WEB = "web"


class ArticleLink(Model):
    """One link or picture; all of an article are made anew whenever its text is."""

    __tablename__ = "article_links"

    id: Mapped[Id]
    article_id: Mapped[str] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[LinkKind] = mapped_column(enum_text(LinkKind), index=True)
    target: Mapped[LongText]
    """As it is written; of one to the web, the whole address without what follows `#`."""
    to_path: Mapped[str] = mapped_column(String(400), index=True, default="")
    """The file that it names, seen from the folder of the articles; or the slug, after a `/`."""
    fragment: Mapped[str] = mapped_column(String(300), default="")
    """The id of the heading that it names."""
    image_sha: Mapped[str | None] = mapped_column(String(64), index=True)
    line: Mapped[int]
    """In the whole text, counted from 1, as is the column."""
    column: Mapped[int]
    described: Mapped[bool] = mapped_column(default=True)
    """Of a picture: whether it says something to those who do not see it."""
