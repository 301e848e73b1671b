"""Metrics: tickets that one contact was enough for (METRICS.md 3, FCR and One-touch)."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from app.metrics import exclusions
from app.metrics.counter import Counter
from app.metrics.exclusions import Reason
from app.metrics.period import Period
from app.metrics.sample import SETTLES_AFTER, Sample, settled
from app.metrics.summary import TicketSummary


class _Hopeful(NamedTuple):
    """A success, unless a follow-up ticket turns up."""

    ticket_id: int
    requester_id: int | None
    resolved_at: datetime


class FirstContact(Counter):
    """Settled, answered tickets resolved without a second contact (METRICS.md 3, FCR).

    No customer contact after H1, no reopen, no follow-up ticket by the requester within W of RF.
    A follow-up may be seen before or after its ticket: successes are decided at the end.
    """

    def __init__(self, *, period: Period, as_of: datetime) -> None:
        super().__init__(period=period, as_of=as_of)
        self._hopeful: list[_Hopeful] = []
        self._follow_ups: dict[int, list[TicketSummary]] = defaultdict(list)

    def see(self, ticket: TicketSummary) -> None:
        """Count the ticket at its last resolution, and remember what it follows up."""
        if ticket.follow_up_of is not None and not ticket.spam and not ticket.deleted:
            self._follow_ups[ticket.follow_up_of].append(ticket)
        resolved_at = ticket.resolved_at
        if not resolved_at or not self.period.holds(resolved_at):
            return
        if reason := _left_out(ticket, resolved_at, as_of=self.as_of):
            self.sample.leave_out(ticket.ticket_id, reason)
        elif self.succeeded(ticket):
            hopeful = _Hopeful(ticket.ticket_id, ticket.requester_id, resolved_at)
            self._hopeful.append(hopeful)
        else:
            self.sample.count(ticket.ticket_id, 0)

    def succeeded(self, ticket: TicketSummary) -> bool:
        """Whether the ticket's own history shows one contact."""
        return not ticket.contact_after_reply and not ticket.reopens

    def close(self) -> Sample:
        """The sample, now that every follow-up was seen."""
        for hopeful in self._hopeful:
            self.sample.count(hopeful.ticket_id, int(not self._was_followed_up(hopeful)))
        return self.sample

    def _was_followed_up(self, hopeful: _Hopeful) -> bool:
        last = hopeful.resolved_at + SETTLES_AFTER
        return any(
            later.requester_id == hopeful.requester_id
            and hopeful.resolved_at <= later.created_at <= last
            for later in self._follow_ups.get(hopeful.ticket_id, ())
        )


class OneTouch(FirstContact):
    """FCR tickets with exactly one human reply, of the population of FCR (METRICS.md 3)."""

    def succeeded(self, ticket: TicketSummary) -> bool:
        """Whether the ticket's own history shows one contact and one reply."""
        return len(ticket.replies) == 1 and super().succeeded(ticket)


def _left_out(ticket: TicketSummary, resolved_at: datetime, *, as_of: datetime) -> Reason | None:
    if reason := exclusions.not_from_a_customer(ticket):
        return reason
    if not ticket.replies:
        return Reason.NO_REPLY
    return None if settled(resolved_at, as_of=as_of) else Reason.UNSETTLED
