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


def occasions_of(stop: Stop, *, person: User) -> list[Occasion]:
    """What the mails are about: what the link names, or what is in the person's digest now."""
    return list(stop.occasions) or list(_coming(stop, person))


def is_stopped(stop: Stop, *, person: User) -> bool:
    """Whether none of these mails comes any more."""
    return not _coming(stop, person)


@verb
def stop_mails(person: User, stop: Stop) -> None:
    """Send no more such mails; somebody with an account finds on the site what they would have said."""
    ending = {each: _without_mail(each, person) for each in _coming(stop, person)}
    choosing.choose(person, ending, source="mail")


@verb
def resume_mails(person: User, stop: Stop) -> None:
    """Send them again."""
    choosing.choose(person, dict.fromkeys(stop.occasions, stop.way), source="mail")


def _coming(stop: Stop, person: User) -> list[Occasion]:
    """Which of them still come."""
    now = choosing.ways_for(person).items()
    coming = [occasion for occasion, way in now if way is stop.way]
    return [each for each in coming if each in stop.occasions] if stop.occasions else coming


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
