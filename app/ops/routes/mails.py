"""The outbox, to be looked into."""

from flask import Response
from flask_login import current_user

from app.core.settings import settings
from app.core.web import arguments
from app.core.web.nonsense import LARGEST_ID
from app.core.web.responses import moved_to, page, say
from app.mail import posting
from app.mail.outbound import State
from app.ops.access import mail_or_404, may_read
from app.ops.queries import mails
from app.ops.queries.mails import View


def list_mail() -> Response:
    """A page of one view."""
    view = arguments.choice("view", View.ALL)
    address = arguments.text("to", longest=254)
    before = arguments.integer("before", default=0, at_least=0, at_most=LARGEST_ID)
    rows = mails.mails(view, address=address, before=before, reader=current_user)
    leaves = bool(settings().smtp_url)
    return page("ops/mails.html", view=view, address=address, rows=rows, mail_leaves=leaves)


def show_mail(id: int) -> Response:
    """One mail: what it says to those who may read it, its envelope to the others."""
    mail = mail_or_404(id)
    return page(
        "ops/mail.html",
        mail=mail,
        readable=may_read(mail.kind, current_user),
        can_leave=mail.state is State.FAILED and bool(settings().smtp_url),
    )


def send_again(id: int) -> Response:
    """Try a mail once more that was given up."""
    posting.send_again(mail_or_404(id))
    say("The mail is queued again.")
    return moved_to("ops.show_mail", id=id)
