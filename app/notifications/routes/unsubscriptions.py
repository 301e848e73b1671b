"""Stopping mails by the link in them.  Opening it stops nothing: mail scanners open links too.

A mail program's own button posts `List-Unsubscribe=One-Click` here, without a session and without a
token of ours (RFC 8058): the link is signed, and it can do nothing else.
"""

from flask import Response, request

from app.core.errors import InvalidInput
from app.core.web.responses import moved_to, page
from app.notifications import following, unsubscribing
from app.notifications.forms import Act, UnsubscriptionForm
from app.notifications.links import Stop, stop_of
from app.notifications.occasion import CATALOGUE, Way
from app.notifications.stance import Position

ONE_CLICK = "One-Click"


def show_unsubscription(token: str) -> Response:
    """What would stop, and the button; or what is stopped, and how to have it again."""
    return _page(stop_of(token), token)


def create_unsubscription(token: str) -> Response:
    """Stop the mails, or let them come again; the same for one ticket."""
    stop = stop_of(token)
    form = UnsubscriptionForm()
    if not form.validate():
        raise InvalidInput("There is nothing like that to do here.")
    _do(Act(form.act.data), stop)
    if request.form.get("List-Unsubscribe") == ONE_CLICK:
        return _page(stop, token)  # mail programs follow no redirect
    return moved_to("notifications.show_unsubscription", token=token)


def _do(act: Act, stop: Stop) -> None:
    person = unsubscribing.person_of(stop)
    match act:
        case Act.STOP:
            unsubscribing.stop_mails(person, stop)
        case Act.RESUME:
            unsubscribing.resume_mails(person, stop)
        case Act.MUTE:
            following.take(unsubscribing.ticket_of(stop), Position.MUTES, by=person)
        case Act.UNMUTE:
            following.take_none(unsubscribing.ticket_of(stop), by=person)


def _page(stop: Stop, token: str) -> Response:
    person = unsubscribing.person_of(stop)
    return page(
        "notifications/unsubscribe.html",
        token=token,
        sentences=[
            CATALOGUE[each].sentence for each in unsubscribing.occasions_of(stop, person=person)
        ],
        in_digest=stop.way is Way.DIGEST,
        ticket_id=stop.ticket_id,
        can_resume=bool(stop.occasions),
        stopped=unsubscribing.is_stopped(stop, person=person),
        muted=unsubscribing.is_muted(stop, person=person),
        has_account=person.is_active,
    )
