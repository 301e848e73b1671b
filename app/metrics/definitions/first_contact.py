"""Metrics: tickets that one contact was enough for (METRICS.md 3, FCR and One-touch)."""

from collections.abc import Iterator
from datetime import datetime

from app.metrics.definitions.entry import COUNTED, Entry, Reading
from app.metrics.definitions.exclusions import Reason, not_from_a_customer
from app.metrics.histories.summary import TicketSummary
from app.metrics.settling import SETTLES_AFTER


def first_contact(ticket: TicketSummary, _by: Reading) -> Iterator[Entry]:
    """Settled, answered tickets resolved without a second contact (METRICS.md 3, FCR).

    No customer contact after H1, no reopen, no follow-up ticket by the requester within W of RF.
    """
    if resolved_at := ticket.resolved_at:
        yield _entry(ticket, resolved_at, hit=_one_contact(ticket, resolved_at))


def one_touch(ticket: TicketSummary, _by: Reading) -> Iterator[Entry]:
    """FCR tickets with exactly one human reply, of the population of FCR (METRICS.md 3)."""
    if resolved_at := ticket.resolved_at:
        one_reply = len(ticket.replies) == 1
        yield _entry(ticket, resolved_at, hit=one_reply and _one_contact(ticket, resolved_at))


def _entry(ticket: TicketSummary, resolved_at: datetime, *, hit: bool) -> Entry:
    if reason := not_from_a_customer(ticket):
        return Entry(reason, resolved_at, 0)
    if not ticket.replies:
        return Entry(Reason.NO_REPLY, resolved_at, 0)
    return Entry(COUNTED, resolved_at, int(hit), ticket.credited(until=resolved_at))


def _one_contact(ticket: TicketSummary, resolved_at: datetime) -> bool:
    if ticket.contact_after_reply or ticket.reopens:
        return False
    last = resolved_at + SETTLES_AFTER
    return not any(resolved_at <= at <= last for at in ticket.followed_up_at)
