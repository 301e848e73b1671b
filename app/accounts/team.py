"""A team: people who share a pile of tickets, views and texts."""

from sqlalchemy import ForeignKey, String

from app.core.db import CreatedAt, Id, Mapped, Model, mapped_column

LONGEST_NAME = 60


class Team(Model):
    """A name under which several people work."""

    __tablename__ = "teams"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    created_at: Mapped[CreatedAt]


class TeamMember(Model):
    """One person in one team."""

    __tablename__ = "team_members"

    team_id: Mapped[int] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
