"""Metrics: replay the history of one ticket into its summary."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from app.metrics.histories.ledger_event import LedgerEvent
from app.metrics.histories.said import SAID, Said
from app.metrics.histories.summary import (
    DONE,
    Answer,
    Hidden,
    Reply,
    Stage,
    Survey,
    TicketSummary,
    Turn,
)

CUSTOMER_SIDE = frozenset({"requester", "participant"})


def replay(
    history: Sequence[LedgerEvent],
    *,
    t0: datetime | None = None,
    followed_up_at: Iterable[datetime] = (),
) -> TicketSummary | None:
    """The summary of one ticket from its effective history, or None when it did not exist yet.

    The messages of tickets that were merged into it are in the history already and in its order; `t0`
    is when the earliest of those tickets came.
    """
    created = next((e for e in history if e.kind == "ticket.created"), None)
    if created is None:
        return None
    state = _Replay(created, t0)
    for event in history:
        if step := _STEPS.get(event.kind):
            step(state, event)
        elif event.kind in SAID:
            state.said.hear(event)
    return state.summary(tuple(followed_up_at))


class _Replay:
    """A ticket as it changes, event by event, with what has to be remembered of the way."""

    def __init__(self, created: LedgerEvent, t0: datetime | None) -> None:
        first = created.payload
        self.created = created
        started = first.get("clock_start")
        own = datetime.fromisoformat(started) if started else created.occurred_at
        self.t0 = min(own, t0) if t0 else own
        self.category: str = first["status"]
        self.spam = self.deleted = False
        self.merged_into: int | None = None
        self.times_trusted: bool = first["times_trusted"]
        self.authors: dict[int, int | None] = {}
        self.replies: list[Reply] = []
        self.turns: list[Turn] = []
        self.turn_start: datetime | None = None
        self.stages = [Stage(created.occurred_at, self.category, None)]
        self.said = Said(created)
        self.surveys_sent: dict[int, tuple[datetime, int | None]] = {}
        self.answers: dict[int, list[Answer]] = defaultdict(list)
        self.suppressed_surveys: list[datetime] = []
        self.calendars: list[tuple[datetime, int]] = []

    # What happened to the ticket

    def imported(self, event: LedgerEvent) -> None:
        self.times_trusted = self.times_trusted and event.payload["times_trusted"]

    def status_changed(self, event: LedgerEvent) -> None:
        """The state before is the replayed one: after a dismissed reopen it is still Done."""
        was_done, self.category = self.category in DONE, event.payload["to_category"]
        if self.category in DONE and not was_done and self.turn_start:
            self._end_turn(event.occurred_at, answered=False, agent_id=None)
        self._enter(event.occurred_at)

    def spam_marked(self, event: LedgerEvent) -> None:
        self.spam = True
        self._enter(event.occurred_at)

    def spam_unmarked(self, event: LedgerEvent) -> None:
        self.spam = False
        self._enter(event.occurred_at)

    def ticket_deleted(self, event: LedgerEvent) -> None:
        self.deleted = True
        self._enter(event.occurred_at)

    def ticket_restored(self, event: LedgerEvent) -> None:
        self.deleted = False
        self._enter(event.occurred_at)

    def merged(self, event: LedgerEvent) -> None:
        self.merged_into = event.payload["target_id"]
        self._enter(event.occurred_at)

    def unmerged(self, event: LedgerEvent) -> None:
        self.merged_into = None
        self._enter(event.occurred_at)

    # What people said

    def message_received(self, event: LedgerEvent) -> None:
        """Only what the customer side wrote in public and by hand is a contact."""
        by_customer = event.payload["author_kind"] in CUSTOMER_SIDE
        if by_customer and event.payload["public"] and not event.payload["is_auto_reply"]:
            self._contact(event.occurred_at)

    def message_released(self, event: LedgerEvent) -> None:
        self.authors[event.payload["message_id"]] = event.actor_id
        if event.payload["author_kind"] == "human":
            self._reply(event.occurred_at, event.actor_id)

    def message_resent(self, event: LedgerEvent) -> None:
        """Only replies of people are sent again; the customer has it from now."""
        author = self.authors.get(event.payload["message_id"], event.actor_id)
        self._reply(event.occurred_at, author)

    def contact_logged(self, event: LedgerEvent) -> None:
        """A talk counts like a message: theirs as a contact, ours as a reply if we reached them."""
        if event.payload["direction"] == "in":
            self._contact(event.occurred_at)
        elif event.payload["counts_as_reply"]:
            self._reply(event.occurred_at, event.actor_id)

    def calendar_assigned(self, event: LedgerEvent) -> None:
        self.calendars.append((event.occurred_at, event.payload["calendar_id"]))

    # What the customer thought of it

    def survey_sent(self, event: LedgerEvent) -> None:
        asked = (event.occurred_at, event.payload.get("credited_agent_id"))
        self.surveys_sent[event.payload["survey_id"]] = asked

    def survey_suppressed(self, event: LedgerEvent) -> None:
        self.suppressed_surveys.append(event.occurred_at)

    def survey_answered(self, event: LedgerEvent) -> None:
        answer = Answer(event.occurred_at, event.payload["rating"])
        self.answers[event.payload["survey_id"]].append(answer)

    def summary(self, followed_up_at: tuple[datetime, ...]) -> TicketSummary:
        first = self.created.payload
        if self.turn_start:
            done = self.category in DONE
            self.turns.append(
                Turn(
                    self.turn_start,
                    self.turn_start if done else None,
                    answered=False,
                    agent_id=None,
                )
            )
        return TicketSummary(
            ticket_id=self.created.ticket_id,
            requester_id=first["requester_id"],
            follow_up_of=first["follow_up_of"],
            t0=self.t0,
            created_at=self.created.occurred_at,
            replies=tuple(self.replies),
            turns=tuple(self.turns),
            stages=tuple(self.stages),
            fields=tuple(self.said.fields),
            reassigned_at=tuple(self.said.reassigned),
            surveys=tuple(
                Survey(survey_id, sent_at, agent_id, tuple(self.answers.get(survey_id, ())))
                for survey_id, (sent_at, agent_id) in self.surveys_sent.items()
            ),
            suppressed_surveys=tuple(self.suppressed_surveys),
            followed_up_at=followed_up_at,
            calendars=tuple(self.calendars),
            merged_into=self.merged_into,
            spam=self.spam,
            deleted=self.deleted,
            internal=first["requester_is_agent"],
            times_trusted=self.times_trusted,
            agent_initiated=first["agent_initiated"],
        )

    def _contact(self, at: datetime) -> None:
        if self.replies and self.turn_start is None:
            self.turn_start = at

    def _reply(self, at: datetime, agent_id: int | None) -> None:
        if at < self.t0:
            return
        self.replies.append(Reply(at, agent_id))
        if self.turn_start:
            self._end_turn(at, answered=True, agent_id=agent_id)

    def _end_turn(self, at: datetime, *, answered: bool, agent_id: int | None) -> None:
        if self.turn_start:
            self.turns.append(Turn(self.turn_start, at, answered, agent_id))
        self.turn_start = None

    def _enter(self, at: datetime) -> None:
        stage = Stage(at, self.category, self._hidden())
        if stage[1:] != self.stages[-1][1:]:
            self.stages.append(stage)

    def _hidden(self) -> Hidden | None:
        if self.spam:
            return Hidden.SPAM
        if self.merged_into:
            return Hidden.MERGED_AWAY
        return Hidden.TEST_OR_DELETED if self.deleted else None


_STEPS: dict[str, Callable[[_Replay, LedgerEvent], None]] = {
    "ticket.imported": _Replay.imported,
    "status.changed": _Replay.status_changed,
    "spam.marked": _Replay.spam_marked,
    "spam.unmarked": _Replay.spam_unmarked,
    "ticket.deleted": _Replay.ticket_deleted,
    "ticket.restored": _Replay.ticket_restored,
    "merged_into": _Replay.merged,
    "unmerged": _Replay.unmerged,
    "message.received": _Replay.message_received,
    "message.released": _Replay.message_released,
    "message.resent": _Replay.message_resent,
    "contact.logged": _Replay.contact_logged,
    "calendar.assigned": _Replay.calendar_assigned,
    "survey.sent": _Replay.survey_sent,
    "survey.suppressed": _Replay.survey_suppressed,
    "survey.answered": _Replay.survey_answered,
    "survey.revised": _Replay.survey_answered,
}
FOLDED_KINDS = frozenset(
    {
        "ticket.created",
        "message.cancelled",
        "reply.voided",
        "reopen.dismissed",
        "split_to",
        *_STEPS,
        *SAID,
    }
)
