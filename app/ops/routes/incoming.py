"""The ledger of mail that came in."""

from flask import Response, request
from flask_login import current_user

from app.core.errors import InvalidInput, NotAllowed
from app.core.web import arguments
from app.core.web.filters import plural
from app.core.web.nonsense import LARGEST_ID
from app.core.web.responses import moved_to, page, say
from app.mail import originals, proving, reprocessing
from app.mail.books import books_by_mailbox, in_all
from app.mail.inbound import State
from app.ops.access import incoming_or_404, may_read_incoming, original_or_404
from app.ops.queries import incoming
from app.ops.queries.incoming import View


def list_incoming() -> Response:
    """A page of one view, and the books."""
    view = arguments.choice("view", View.ALL)
    text = arguments.text("q", longest=320)
    reason = arguments.text("reason", longest=40)
    before = arguments.integer("before", default=0, at_least=0, at_most=LARGEST_ID)
    return page(
        "ops/incoming.html",
        view=view,
        text=text,
        reason=reason,
        rows=incoming.incoming(view, text=text, reason=reason, before=before, reader=current_user),
        counts=incoming.counts(),
        reasons=incoming.reasons(view),
        books=in_all(books_by_mailbox()),
        proof=proving.last_proof(),
    )


def show_incoming(id: int) -> Response:
    """One mail: its envelope, how it came, what happened to it and what it became."""
    mail = incoming_or_404(id)
    return page(
        "ops/incoming_mail.html",
        mail=mail,
        readable=may_read_incoming(current_user),
        arrivals=incoming.arrivals(id),
        steps=incoming.steps(id),
        ticket=incoming.ticket_of(mail),
    )


def show_original(id: int) -> Response:
    """The mail as it came, to be saved."""
    mail = original_or_404(id)
    if not may_read_incoming(current_user):
        raise NotAllowed("Reading what a mail says takes the role agent or lead as well.")
    return originals.download(mail)


def read_again(id: int) -> Response:
    """Have it read again."""
    reprocessing.read_again(incoming_or_404(id), by_id=current_user.id)
    say("The mail is read again as soon as the worker has a hand free.")
    return moved_to("ops.show_incoming", id=id)


def read_all_again() -> Response:
    """Have all read again that rest in a state for one reason."""
    try:
        state = State(request.form.get("state", ""))
    except ValueError as fault:
        raise InvalidInput("Mail does not rest in that state.") from fault
    count = reprocessing.read_all_again(
        state=state, reason=request.form.get("reason", ""), by_id=current_user.id
    )
    say(f"{plural(count, 'mail')} will be read again.")
    return moved_to("ops.list_incoming", view="waiting")
