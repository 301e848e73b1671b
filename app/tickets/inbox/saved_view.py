"""A view that somebody saved: a search under a name."""

from sqlalchemy import ForeignKey, String

from app.core.db import CreatedAt, Id, Mapped, Model, mapped_column
from app.tickets.inbox.language import LONGEST

LONGEST_NAME = 60


class SavedView(Model):
    """A search of the inbox under a name, its owner's alone or shared with a team."""

    __tablename__ = "saved_views"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    search: Mapped[str] = mapped_column(String(LONGEST))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    team_id: Mapped[int | None] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[CreatedAt]
