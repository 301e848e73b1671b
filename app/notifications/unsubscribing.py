"""Stopping mails by their own link, without signing in, and letting them come again."""

from app.accounts.user import User
from app.core.db import db
from app.core.tokens import BadToken
from app.core.uow import verb
from app.notifications import choosing, following
from app.notifications.links import Stop, stop_url
from app.notifications.occasion import CATALOGUE, Occasion, Way
from app.notifications.stance import Position
from app.tickets.ticket import Ticket


def person_of(stop: Stop) -> User:
    """Whose mails they are.  Raises BadToken when there is nobody any more."""
    person = db.session.get(User, stop.person_id)
    if person is None:
        raise BadToken
    return person


def ticket_of(stop: Stop) -> Ticket:
    """The ticket that can be muted.  Raises BadToken when there is none, or none any more."""
    ticket = db.session.get(Ticket, stop.ticket_id) if stop.ticket_id else None
    if ticket is None:
        raise BadToken
    return ticket


def is_muted(stop: Stop, *, person: User) -> bool:
    """Whether the ticket is muted for this person."""
    if stop.ticket_id is None:
        return False
    return following.position_of(person, stop.ticket_id) is Position.MUTES


def is_stopped(stop: Stop, *, person: User) -> bool:
    """Whether none of these mails comes any more."""
    ways = choosing.ways_for(person)
    return all(ways.get(each) is not stop.way for each in stop.occasions)


@verb
def stop_mails(person: User, stop: Stop) -> None:
    """Send no more such mails; somebody with an account finds on the site what they would have said."""
    ways = choosing.ways_for(person)
    ending = [each for each in stop.occasions if ways.get(each) is stop.way]
    choosing.choose(person, {each: _without_mail(each, person) for each in ending}, source="mail")


@verb
def resume_mails(person: User, stop: Stop) -> None:
    """Send them again."""
    again = [each for each in stop.occasions if stop.way in CATALOGUE[each].ways]
    choosing.choose(person, dict.fromkeys(again, stop.way), source="mail")


def stop_url_of_solved(ticket: Ticket) -> str | None:
    """Where the requester of a ticket stops mails about what was solved; None when they have."""
    return stop_url_for(ticket.requester, Occasion.SOLVED, ticket)


def stop_url_for(person: User, occasion: Occasion, ticket: Ticket) -> str | None:
    """Where this person stops such mails about the ticket; None: they have, or it is muted for them."""
    if choosing.ways_of([person.id], occasion)[person.id] is not Way.MAIL:
        return None
    if following.position_of(person, ticket.id) is Position.MUTES:
        return None
    return stop_url(Stop(person.id, (occasion,), ticket_id=ticket.id))


def _without_mail(occasion: Occasion, person: User) -> Way:
    kept = person.is_active and Way.SITE in CATALOGUE[occasion].ways
    return Way.SITE if kept else Way.NONE
