"""Tags: words that tickets are found by."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, select

from app.core.db import Id, Mapped, Model, UtcDateTime, add_unless_there, db, mapped_column
from app.core.errors import InvalidInput

LONGEST = 40

ticket_tags = Table(
    "ticket_tags",
    Model.metadata,
    Column("ticket_id", ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
    Column("updated_at", UtcDateTime),
    Index("ix_ticket_tags_tag_id_updated_at", "tag_id", "updated_at", "ticket_id"),
)
"""`updated_at` is the ticket's, kept by triggers of the database: a tag's tickets have their order."""


class Tag(Model):
    """One word, lower case, words joined by hyphens."""

    __tablename__ = "tags"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(LONGEST), unique=True)


def normal_name(raw: str) -> str:
    """A tag as it is stored.  Raises InvalidInput (field `tags`)."""
    name = "-".join(raw.lower().split()).strip(",#-")
    if not name or len(name) > LONGEST:
        raise InvalidInput(f"A tag has 1 to {LONGEST} characters.", field="tags")
    return name


def tag_named(name: str) -> Tag:
    """The tag of this normal name, made if there is none."""
    named = select(Tag).where(Tag.name == name)
    found = db.session.scalar(named)
    if found is None:
        add_unless_there(Tag, name=name)
        found = db.session.scalars(named).one()
    return found
