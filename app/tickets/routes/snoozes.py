"""Putting a ticket aside, and taking it up again."""

from datetime import datetime, time, timedelta

from flask import Response
from flask_login import current_user

from app.core import clock
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web.responses import moved_to, say
from app.tickets import access, snoozing
from app.tickets.access import Act
from app.tickets.forms import SnoozeForm, Until

MORNING = time(9)


def create_snooze(number: int) -> Response:
    """Put it aside."""
    ticket = access.ticket_for(Act.TRIAGE, number, user=current_user)
    form = SnoozeForm()
    if not form.validate():
        raise InvalidInput(next(iter(form.errors.values()))[0])
    snoozing.snooze(ticket, until=_until(form), by=current_user)
    say("Snoozed. It comes back by itself.")
    return moved_to("tickets.show_ticket", number=number)


def create_waking(number: int) -> Response:
    """Take it up again."""
    ticket = access.ticket_for(Act.TRIAGE, number, user=current_user)
    snoozing.unsnooze(ticket, by=current_user)
    say("It is back among the open ones.")
    return moved_to("tickets.show_ticket", number=number)


def _until(form: SnoozeForm) -> datetime | None:
    """The time that was chosen, in the desk's zone; None for "until the customer writes"."""
    zone = settings().zone
    today = clock.today(zone)
    match Until(form.until.data):
        case Until.HOURS:
            return clock.now() + timedelta(hours=3)
        case Until.TOMORROW:
            return datetime.combine(today + timedelta(days=1), MORNING, zone)
        case Until.MONDAY:
            return datetime.combine(today + timedelta(days=7 - today.weekday()), MORNING, zone)
        case Until.AT:
            if form.at.data is None:
                raise InvalidInput("Say until when.", field="at")
            at: datetime = form.at.data.replace(tzinfo=zone)
            return at
    return None
