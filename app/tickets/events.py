"""Every fact that a ticket's ledger can hold.

The kinds are those of METRICS.md 6.2; the fields of a class are the payload of its kind: ids, numbers,
words of enums, never text, an address or a name.
"""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import Event
from app.tickets.fact import AuthorKind as AuthorKind
from app.tickets.fact import Cause as Cause
from app.tickets.fact import Match as Match
from app.tickets.fact import Means as Means
from app.tickets.fact import Method as Method
from app.tickets.fact import Part as Part
from app.tickets.fact import Reason as Reason
from app.tickets.fact import TicketFact as TicketFact
from app.tickets.fact import Waking as Waking
from app.tickets.fact import Writer as Writer
from app.tickets.mail_facts import MatchConfirmed as MatchConfirmed
from app.tickets.mail_facts import MatchQuarantined as MatchQuarantined
from app.tickets.mail_facts import MatchRejected as MatchRejected
from app.tickets.mail_facts import MessageResent as MessageResent
from app.tickets.message import Direction
from app.tickets.outside_facts import ArticleInserted as ArticleInserted
from app.tickets.outside_facts import ArticleLinked as ArticleLinked
from app.tickets.outside_facts import DeliveryBounced as DeliveryBounced
from app.tickets.outside_facts import DeliverySent as DeliverySent
from app.tickets.outside_facts import QuestionLinked as QuestionLinked
from app.tickets.outside_facts import ReplyVoided as ReplyVoided
from app.tickets.outside_facts import SurveyAnswered as SurveyAnswered
from app.tickets.outside_facts import SurveyCommentAdded as SurveyCommentAdded
from app.tickets.outside_facts import SurveyRevised as SurveyRevised
from app.tickets.outside_facts import SurveySent as SurveySent
from app.tickets.outside_facts import SurveySuppressed as SurveySuppressed
from app.tickets.ticket import Channel, Priority, Status


@dataclass(frozen=True, kw_only=True)
class TicketCreated(TicketFact):
    """The ticket exists.  Holds the first value of every field.

    `quiet`: it came by a mail that no machine must answer.  `organisation_id` is the requester's then.
    """

    kind: ClassVar[str] = "ticket.created"
    channel: Channel
    status: Status
    priority: Priority
    requester_id: int
    assignee_id: int | None
    tags: list[str]
    agent_initiated: bool
    requester_is_agent: bool
    follow_up_of: int | None
    times_trusted: bool
    on_behalf_of: int | None = None
    quiet: bool = False
    organisation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TicketImported(TicketFact):
    """The ticket came from another system's history; its times are that system's.

    `digest` tells whether the same ticket, imported again, has the same history.
    """

    kind: ClassVar[str] = "ticket.imported"
    source: str
    times_trusted: bool
    digest: str


@dataclass(frozen=True, kw_only=True)
class StatusChanged(TicketFact):
    """The ticket moved from one status to another."""

    kind: ClassVar[str] = "status.changed"
    from_category: Status
    to_category: Status
    cause: Cause


@dataclass(frozen=True, kw_only=True)
class Snoozed(TicketFact):
    """The ticket was put out of the views of work to do.  `until` is ISO 8601, empty for no time."""

    kind: ClassVar[str] = "snoozed"
    until: str
    wake_on_reply: bool


@dataclass(frozen=True, kw_only=True)
class Unsnoozed(TicketFact):
    """The ticket is back among the work to do."""

    kind: ClassVar[str] = "unsnoozed"
    why: Waking


@dataclass(frozen=True, kw_only=True)
class ReopenDismissed(TicketFact):
    """A message that reopened a solved ticket was only thanks: the ticket counts as done since."""

    kind: ClassVar[str] = "reopen.dismissed"
    status_event_seq: int
    message_id: int


@dataclass(frozen=True, kw_only=True)
class Assigned(TicketFact):
    """Somebody took the ticket or was given it."""

    kind: ClassVar[str] = "assigned"
    from_id: int | None
    to_id: int
    method: Method


@dataclass(frozen=True, kw_only=True)
class Unassigned(TicketFact):
    """The ticket belongs to nobody again."""

    kind: ClassVar[str] = "unassigned"
    from_id: int


@dataclass(frozen=True, kw_only=True)
class TeamChanged(TicketFact):
    """Another team is in charge, or none.

    `to_team` is the name that the team had then, also in a history that was imported; only a team
    of this desk has an id.
    """

    kind: ClassVar[str] = "team.changed"
    to_team: str
    to_team_id: int | None = None
    from_team_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PriorityChanged(TicketFact):
    """It hurts more, or less, than was thought."""

    kind: ClassVar[str] = "priority.changed"
    from_priority: Priority
    to_priority: Priority


@dataclass(frozen=True, kw_only=True)
class TagAdded(TicketFact):
    """A tag was put on the ticket."""

    kind: ClassVar[str] = "tag.added"
    tag: str


@dataclass(frozen=True, kw_only=True)
class TagRemoved(TicketFact):
    """A tag was taken off the ticket."""

    kind: ClassVar[str] = "tag.removed"
    tag: str


@dataclass(frozen=True, kw_only=True)
class MessageReceived(TicketFact):
    """The customer's side wrote, or a machine for them; `match` is how it came to this ticket."""

    kind: ClassVar[str] = "message.received"
    message_id: int
    public: bool
    author_kind: AuthorKind
    channel: Channel
    is_auto_reply: bool
    match: Match = Match.FORM


@dataclass(frozen=True, kw_only=True)
class ContactLogged(TicketFact):
    """Somebody of ours wrote down a talk with the customer's side.

    `direction` says who began it.  `counts_as_reply`: we reached them, so it is an answer (METRICS.md 2.7).
    """

    kind: ClassVar[str] = "contact.logged"
    message_id: int
    channel: Means
    direction: Direction
    counts_as_reply: bool


@dataclass(frozen=True, kw_only=True)
class ParticipantAdded(TicketFact):
    """Somebody beside the requester reads the ticket from now on, and gets its mails."""

    kind: ClassVar[str] = "participant.added"
    person_id: int
    role: Part


@dataclass(frozen=True, kw_only=True)
class ParticipantRemoved(TicketFact):
    """Somebody beside the requester sees no more of the ticket."""

    kind: ClassVar[str] = "participant.removed"
    person_id: int
    role: Part


@dataclass(frozen=True, kw_only=True)
class MessageQueued(TicketFact):
    """A reply was written and waits to be released."""

    kind: ClassVar[str] = "message.queued"
    message_id: int
    author_kind: Writer
    channel: Channel


@dataclass(frozen=True, kw_only=True)
class MessageReleased(TicketFact):
    """A reply can be read by the requester, and is on its way by mail."""

    kind: ClassVar[str] = "message.released"
    message_id: int
    author_kind: Writer
    channel: Channel


@dataclass(frozen=True, kw_only=True)
class MessageCancelled(TicketFact):
    """A reply that waited to be released was taken back; its text is the writer's draft again."""

    kind: ClassVar[str] = "message.cancelled"
    message_id: int
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class MacroApplied(TicketFact):
    """Staff used a macro; what it changed are facts of the same act."""

    kind: ClassVar[str] = "macro.applied"
    macro_id: int


@dataclass(frozen=True, kw_only=True)
class MessageEdited(TicketFact):
    """A message says something else now; `versions` is how many it has had before."""

    kind: ClassVar[str] = "message.edited"
    message_id: int
    versions: int


@dataclass(frozen=True, kw_only=True)
class MessageRedacted(TicketFact):
    """The text of a message was taken out for good, with its versions and files."""

    kind: ClassVar[str] = "message.redacted"
    message_id: int


@dataclass(frozen=True, kw_only=True)
class SubjectChanged(TicketFact):
    """The ticket is called something else; `digest` is the SHA-256 of the new subject."""

    kind: ClassVar[str] = "subject.changed"
    digest: str


@dataclass(frozen=True, kw_only=True)
class NoteAdded(TicketFact):
    """Staff wrote to each other."""

    kind: ClassVar[str] = "note.added"
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MentionAdded(TicketFact):
    """A note called somebody who works here."""

    kind: ClassVar[str] = "mention.added"
    message_id: int
    mentioned_id: int


@dataclass(frozen=True, kw_only=True)
class HistoryImported(Event):
    """Tickets with their history came from a file, all at once; `tickets` is how many."""

    tickets: int


FACTS: tuple[type[TicketFact], ...] = tuple(TicketFact.__subclasses__())
