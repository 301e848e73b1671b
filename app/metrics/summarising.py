"""Metrics: replay the history of one ticket into its summary."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from app.metrics.effective_history import effective_history
from app.metrics.ledger_event import LedgerEvent
from app.metrics.summary import Answer, Hidden, Resolution, Spell, Survey, TicketSummary

DONE = frozenset({"resolved", "closed"})
CUSTOMER_SIDE = frozenset({"requester", "participant"})


def summarise(events: Iterable[LedgerEvent], *, as_of: datetime) -> TicketSummary | None:
    """The summary of one ticket, or None when it did not exist yet as of then."""
    history = effective_history(events, as_of=as_of)
    created = next((event for event in history if event.kind == "ticket.created"), None)
    if created is None:
        return None
    replay = _Replay(created)
    for event in history:
        if step := _STEPS.get(event.kind):
            step(replay, event)
    return replay.summary()


class _Replay:
    """A ticket as it changes, event by event, with what has to be remembered of the way."""

    def __init__(self, created: LedgerEvent) -> None:
        self.created = created
        self.category: str = created.payload["status"]
        self.spam = self.deleted = self.contact_after_reply = False
        self.times_trusted: bool = created.payload["times_trusted"]
        self.replies: list[datetime] = []
        self.resolutions: list[Resolution] = []
        self.reopens: list[datetime] = []
        self.spells: list[Spell] = []
        self.surveys_sent: dict[int, datetime] = {}
        self.answers: dict[int, list[Answer]] = defaultdict(list)
        self.suppressed_surveys: list[datetime] = []
        self._begin_spell(created.occurred_at)

    def imported(self, event: LedgerEvent) -> None:
        self.times_trusted = self.times_trusted and event.payload["times_trusted"]

    def status_changed(self, event: LedgerEvent) -> None:
        """The state before is the replayed one: after a dismissed reopen it is still Done."""
        was_done, self.category = self.category in DONE, event.payload["to_category"]
        is_done = self.category in DONE
        if is_done and not was_done:
            self.resolutions.append(Resolution(event.occurred_at, None))
        if was_done and not is_done:
            self.reopens.append(event.occurred_at)
            if self.resolutions:
                self.resolutions[-1] = Resolution(self.resolutions[-1].at, event.occurred_at)
        self._turn(event.occurred_at)

    def spam_marked(self, event: LedgerEvent) -> None:
        self.spam = True
        self._turn(event.occurred_at)

    def spam_unmarked(self, event: LedgerEvent) -> None:
        self.spam = False
        self._turn(event.occurred_at)

    def ticket_deleted(self, event: LedgerEvent) -> None:
        self.deleted = True
        self._turn(event.occurred_at)

    def ticket_restored(self, event: LedgerEvent) -> None:
        self.deleted = False
        self._turn(event.occurred_at)

    def message_received(self, event: LedgerEvent) -> None:
        """Only what the customer side wrote in public and by hand is a contact."""
        by_customer = event.payload["author_kind"] in CUSTOMER_SIDE
        if not by_customer or event.payload["is_auto_reply"] or not event.payload["public"]:
            return
        self.contact_after_reply = self.contact_after_reply or bool(self.replies)

    def message_released(self, event: LedgerEvent) -> None:
        by_human = event.payload["author_kind"] == "human"
        if by_human and event.occurred_at >= self.created.occurred_at:
            self.replies.append(event.occurred_at)

    def message_resent(self, event: LedgerEvent) -> None:
        """Only replies of people are sent again; the customer has it from now."""
        self.replies.append(event.occurred_at)

    def contact_logged(self, event: LedgerEvent) -> None:
        """A talk counts like a message: theirs as a contact, ours as a reply if we reached them."""
        if event.payload["direction"] == "in":
            self.contact_after_reply = self.contact_after_reply or bool(self.replies)
        elif event.payload["counts_as_reply"] and event.occurred_at >= self.created.occurred_at:
            self.replies.append(event.occurred_at)

    def survey_sent(self, event: LedgerEvent) -> None:
        self.surveys_sent[event.payload["survey_id"]] = event.occurred_at

    def survey_suppressed(self, event: LedgerEvent) -> None:
        self.suppressed_surveys.append(event.occurred_at)

    def survey_answered(self, event: LedgerEvent) -> None:
        answer = Answer(event.occurred_at, event.payload["rating"])
        self.answers[event.payload["survey_id"]].append(answer)

    def summary(self) -> TicketSummary:
        first = self.created.payload
        return TicketSummary(
            ticket_id=self.created.ticket_id,
            requester_id=first["requester_id"],
            follow_up_of=first["follow_up_of"],
            created_at=self.created.occurred_at,
            replies=tuple(self.replies),
            contact_after_reply=self.contact_after_reply,
            resolutions=tuple(self.resolutions),
            reopens=tuple(self.reopens),
            spells=tuple(self.spells),
            surveys=tuple(
                Survey(survey_id, sent_at, tuple(self.answers.get(survey_id, ())))
                for survey_id, sent_at in self.surveys_sent.items()
            ),
            suppressed_surveys=tuple(self.suppressed_surveys),
            category=self.category,
            spam=self.spam,
            deleted=self.deleted,
            internal=first["requester_is_agent"],
            times_trusted=self.times_trusted,
            agent_initiated=first["agent_initiated"],
        )

    def _turn(self, at: datetime) -> None:
        """End the running spell and begin the one that the state now asks for, if they differ."""
        running = self.spells[-1] if self.spells and self.spells[-1].end_at is None else None
        if running and self.category not in DONE and running.hidden is self._hidden():
            return
        if running:
            self.spells[-1] = Spell(running.start_at, at, running.hidden)
        self._begin_spell(at)

    def _begin_spell(self, at: datetime) -> None:
        if self.category not in DONE:
            self.spells.append(Spell(at, None, self._hidden()))

    def _hidden(self) -> Hidden | None:
        if self.spam:
            return Hidden.SPAM
        return Hidden.TEST_OR_DELETED if self.deleted else None


_STEPS: dict[str, Callable[[_Replay, LedgerEvent], None]] = {
    "ticket.imported": _Replay.imported,
    "status.changed": _Replay.status_changed,
    "spam.marked": _Replay.spam_marked,
    "spam.unmarked": _Replay.spam_unmarked,
    "ticket.deleted": _Replay.ticket_deleted,
    "ticket.restored": _Replay.ticket_restored,
    "message.received": _Replay.message_received,
    "message.released": _Replay.message_released,
    "message.resent": _Replay.message_resent,
    "contact.logged": _Replay.contact_logged,
    "survey.sent": _Replay.survey_sent,
    "survey.suppressed": _Replay.survey_suppressed,
    "survey.answered": _Replay.survey_answered,
    "survey.revised": _Replay.survey_answered,
}
FOLDED_KINDS = frozenset(
    {"ticket.created", "message.cancelled", "reply.voided", "reopen.dismissed", *_STEPS}
)
