"""A macro: what is to be done to a ticket, under a title by which it is found."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.core.db import (
    CreatedAt,
    Id,
    Json,
    LongText,
    Mapped,
    Model,
    Short,
    enum_text,
    mapped_column,
)
from app.tickets.shelf import Shelved
from app.tickets.ticket import Priority, Status


class Says(StrEnum):
    """What a macro writes: nothing, a reply to the requester, or a note among staff."""

    NOTHING = "nothing"
    REPLY = "reply"
    NOTE = "note"


class Who(StrEnum):
    """Whom a macro assigns to, where it does not name a person."""

    ME = "me"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a macro changes; None, or no tags, leaves it as it is.  Team 0 is no team."""

    status: Status | None = None
    priority: Priority | None = None
    assignee: Who | int | None = None
    team: int | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Changes()

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Changes":
        """The changes again."""
        who = stored["assignee"]
        return cls(
            status=Status(stored["status"]) if stored["status"] else None,
            priority=Priority(stored["priority"]) if stored["priority"] else None,
            assignee=Who(who) if isinstance(who, str) else who,
            team=stored["team"],
            add_tags=tuple(stored["add_tags"]),
            remove_tags=tuple(stored["remove_tags"]),
        )


class Macro(Shelved, Model):
    """One macro.  The placeholders of its text were known when it was kept."""

    __tablename__ = "macros"

    id: Mapped[Id]
    title: Mapped[Short]
    stored: Mapped[Json]
    says: Mapped[Says] = mapped_column(enum_text(Says))
    text: Mapped[LongText]
    created_at: Mapped[CreatedAt]

    @property
    def changes(self) -> Changes:
        """What it changes."""
        return Changes.from_json(self.stored)
