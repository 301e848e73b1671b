"""The ticket: what stands now.  How it came is in the ledger, `history.py`."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Computed, ForeignKey, Index, String, func, select, text
from sqlalchemy.orm import column_property, relationship

from app.accounts.user import User
from app.core.db import CreatedAt, Line, Mapped, Model, enum_text, mapped_column
from app.core.errors import InvalidTransition
from app.tickets.tag import Tag, ticket_tags


class Status(StrEnum):
    """Where a ticket stands; the same words as the categories of METRICS.md 2.4."""

    NEW = "new"
    OPEN = "open"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_THIRD = "waiting_third"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Priority(StrEnum):
    """How much it hurts."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Channel(StrEnum):
    """How it reached us."""

    WEB = "web"
    MAIL = "mail"
    PHONE = "phone"
    IMPORT = "import"


DONE = frozenset({Status.RESOLVED, Status.CLOSED})
WORDS = {
    Status.NEW: "New",
    Status.OPEN: "Open",
    Status.WAITING_CUSTOMER: "Waiting",
    Status.WAITING_THIRD: "On hold",
    Status.RESOLVED: "Solved",
    Status.CLOSED: "Closed",
}
_IN_WORK = {Status.OPEN, Status.WAITING_CUSTOMER, Status.WAITING_THIRD, Status.RESOLVED}
REACHABLE: dict[Status, frozenset[Status]] = {
    Status.NEW: frozenset(_IN_WORK),
    Status.OPEN: frozenset(_IN_WORK - {Status.OPEN}),
    Status.WAITING_CUSTOMER: frozenset(_IN_WORK - {Status.WAITING_CUSTOMER}),
    Status.WAITING_THIRD: frozenset(_IN_WORK - {Status.WAITING_THIRD}),
    Status.RESOLVED: frozenset({Status.OPEN, Status.CLOSED}),
    Status.CLOSED: frozenset(),
}


def no_way(before: Status, after: Status) -> InvalidTransition:
    """The refusal that names both ends."""
    return InvalidTransition(
        f"A ticket that is {WORDS[before].lower()} cannot become {WORDS[after].lower()}."
    )


class Stage(StrEnum):
    """The three piles of an inbox; the database derives it from the status."""

    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"


_STAGE_SQL = (
    "CASE WHEN status IN ('new', 'open') THEN 'open' "
    "WHEN status IN ('waiting_customer', 'waiting_third') THEN 'waiting' ELSE 'done' END"
)
_ACTIVE_SQL = "CASE WHEN status IN ('resolved', 'closed') THEN 0 ELSE 1 END"


class Ticket(Model):
    """One request.  Its id is its number."""

    __tablename__ = "tickets"
    __table_args__ = (
        Index("ix_tickets_updated_at", "updated_at", "id"),
        Index("ix_tickets_created_at", "created_at", "id"),
        Index("ix_tickets_active_updated_at", "active", "updated_at", "id"),
        Index("ix_tickets_active_priority", "active", "priority", "updated_at", "id"),
        Index("ix_tickets_status_updated_at", "status", "updated_at", "id"),
        Index("ix_tickets_assignee_id_updated_at", "assignee_id", "updated_at", "id"),
        Index("ix_tickets_priority_updated_at", "priority", "updated_at", "id"),
        Index("ix_tickets_channel_updated_at", "channel", "updated_at", "id"),
        Index(
            "ix_tickets_snoozed",
            "updated_at",
            "id",
            sqlite_where=text("snoozed_at IS NOT NULL"),
            postgresql_where=text("snoozed_at IS NOT NULL"),
        ),
        Index("ix_tickets_stage_updated_at", "stage", "updated_at", "id"),
        Index("ix_tickets_active_assignee_id", "active", "assignee_id", "updated_at", "id"),
        Index("ix_tickets_team_id_active", "team_id", "active", "updated_at", "id"),
        Index("ix_tickets_requester_id_updated_at", "requester_id", "updated_at", "id"),
        Index("ix_tickets_status_resolved_at", "status", "resolved_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[Line]
    status: Mapped[Status] = mapped_column(enum_text(Status), default=Status.NEW)
    priority: Mapped[Priority] = mapped_column(enum_text(Priority), default=Priority.NORMAL)
    channel: Mapped[Channel] = mapped_column(enum_text(Channel))
    requester_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    follow_up_of_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    external_ref: Mapped[str | None] = mapped_column(String(200), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    last_seq: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[CreatedAt]
    resolved_at: Mapped[datetime | None]
    snoozed_at: Mapped[datetime | None]
    """Since when it is out of the views of work to do, if it is."""
    snoozed_until: Mapped[datetime | None]
    """When it comes back at the latest; without a time it waits for the customer."""
    stage: Mapped[Stage] = mapped_column(enum_text(Stage), Computed(_STAGE_SQL, persisted=True))
    active: Mapped[int] = mapped_column(Computed(_ACTIVE_SQL, persisted=True))

    requester: Mapped[User] = relationship(foreign_keys=[requester_id], lazy="raise_on_sql")
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id], lazy="raise_on_sql")
    tags: Mapped[list[Tag]] = relationship(
        secondary=ticket_tags, lazy="raise_on_sql", order_by=Tag.name
    )

    tag_line: Mapped[str | None] = column_property(
        select(func.aggregate_strings(Tag.name, " "))
        .join(ticket_tags)
        .where(ticket_tags.c.ticket_id == id)
        .scalar_subquery(),
        deferred=True,
    )
    """The names of the tags, spaces between, in no order."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own name

    @property
    def number(self) -> int:
        """What people call it by."""
        return self.id

    @property
    def tag_names(self) -> list[str]:
        """The names of the tags, in the order of the alphabet."""
        return sorted((self.tag_line or "").split())

    @property
    def is_done(self) -> bool:
        """Solved or closed."""
        return self.status in DONE

    def can_enter(self, status: Status) -> bool:
        """Whether this status is reachable from the present one."""
        return status in REACHABLE[self.status]

    def enter(self, status: Status, *, at: datetime) -> None:
        """Move on.  Raises InvalidTransition, naming both ends, when there is no such way."""
        if not self.can_enter(status):
            raise no_way(self.status, status)
        self.resolved_at = at if status in DONE and not self.is_done else self.resolved_at
        if status not in DONE:
            self.resolved_at = None
        self.status = status
