"""A fact about a ticket, and the words of which facts are made."""

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar

from app.core.events import Event


class Cause(StrEnum):
    """Why a status changed."""

    AGENT = "agent"
    CUSTOMER_MESSAGE = "customer_message"
    CUSTOMER = "customer"
    TIMER = "timer"
    BOUNCE = "bounce"


class AuthorKind(StrEnum):
    """Who stands behind a message or an act."""

    REQUESTER = "requester"
    PARTICIPANT = "participant"
    AGENT = "agent"
    SYSTEM = "system"
    IMPORT = "import"


class Writer(StrEnum):
    """What wrote a message that goes out: only a person's counts as a response."""

    HUMAN = "human"
    AUTOMATION = "automation"


class Part(StrEnum):
    """How somebody beside the requester takes part."""

    CC = "cc"


class Means(StrEnum):
    """How people spoke to each other where no message went."""

    PHONE = "phone"
    IN_PERSON = "in_person"


class Method(StrEnum):
    """How a ticket came to its assignee."""

    MANUAL = "manual"
    IMPORT = "import"


class Waking(StrEnum):
    """Why a snoozed ticket is back."""

    TIMER = "timer"
    REPLY = "reply"
    AGENT = "agent"
    BOUNCE = "bounce"


class Match(StrEnum):
    """How a message came to its ticket: on a page, or by what its mail held."""

    FORM = "form"
    NEW = "new"
    TOKEN = "token"  # noqa: S105 - a word of METRICS.md
    REFERENCES = "references"
    SUBJECT = "subject"
    CONFIRMED = "confirmed"


class Reason(StrEnum):
    """Why a held reply was not sent."""

    UNDONE = "undone"
    CUSTOMER_WROTE = "customer_wrote"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class TicketFact(Event):
    """A fact about one ticket.  `by_id` is None when the system acted."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1

    ticket_id: int
    by_id: int | None

    def payload(self) -> dict[str, Any]:
        """The fields as JSON-plain values, but for the ticket and the actor, which are columns."""
        return {key: value for key, value in asdict(self).items() if key not in _COLUMNS}


_COLUMNS = frozenset(field.name for field in fields(TicketFact))
