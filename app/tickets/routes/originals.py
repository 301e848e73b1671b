"""Mails as they came: shown as they were sent, their header lines, and the original to save.

For staff who may read the message.  What was removed for good cannot be had here either.
"""

from flask import Response, make_response
from flask_login import current_user

from app.core.errors import NotFound
from app.core.web import arguments
from app.core.web.responses import page
from app.mail import showing
from app.mail.inbound import InboundMail
from app.tickets import access, queries
from app.tickets.access import Act
from app.tickets.ticket import Ticket

FRAME_MAY = "allow-popups allow-popups-to-escape-sandbox"
"""Links open in a window of their own, and nothing else happens: no scripts, no forms, no origin."""

GONE = "The original of this mail is no longer in our storage."


def show_mail(number: int, id: int) -> Response:
    """The mail of a message: in a frame as it was sent, with its header lines."""
    ticket, mail = _found(number, id)
    with_web = arguments.text("pictures", longest=10) == "web"
    try:
        head, left_out = showing.head_of(mail), showing.as_sent(mail, with_web=False).left_out
    except FileNotFoundError as fault:
        raise NotFound(GONE) from fault
    return page(
        "tickets/original.html",
        ticket=ticket,
        mail=mail,
        message_id=id,
        head=head,
        left_out=left_out,
        with_web=with_web,
        frame_may=FRAME_MAY,
        counts=queries.counts_aside(current_user),
    )


def show_mail_frame(number: int, id: int) -> Response:
    """What stands in the frame: the stranger's HTML, under a policy of its own."""
    _, mail = _found(number, id)
    with_web = arguments.text("pictures", longest=10) == "web"
    try:
        shown = showing.as_sent(mail, with_web=with_web)
    except FileNotFoundError as fault:
        raise NotFound(GONE) from fault
    answer = page("tickets/mail/frame.html", html=shown.html)
    pictures = "data: https:" if with_web else "data:"
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; img-src {pictures}; style-src 'unsafe-inline'; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors 'self'; sandbox {FRAME_MAY}"
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def download_mail(number: int, id: int) -> Response:
    """The mail, byte for byte, to be saved."""
    _, mail = _found(number, id)
    try:
        answer = make_response(showing.original_of(mail))
    except FileNotFoundError as fault:
        raise NotFound(GONE) from fault
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="mail-{mail.id}.eml"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _found(number: int, message_id: int) -> tuple[Ticket, InboundMail]:
    """Raises NotFound, also when the message came by no mail, or was removed for good."""
    ticket = access.ticket_for(Act.SEE_NOTES, number, user=current_user)
    mail = queries.mail_of(ticket, message_id, current_user)
    if mail is None:
        raise NotFound("There is no mail to this message.")
    return ticket, mail
