"""Mailboxes: which there are, adding and changing them, trying them out."""

from typing import Any

from flask import Response
from wtforms.fields.choices import SelectChoice

from app.accounts.teams import team_names
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.uow import let_go
from app.core.web.responses import invalid, moved_to, page, say
from app.mail import mailboxes
from app.mail.books import Books, books_by_mailbox
from app.mail.imap.box import box_of
from app.mail.imap.trying import Trial, try_out
from app.mail.mailbox import Mailbox
from app.ops import mailbox_form
from app.ops.access import mailbox_or_404
from app.ops.mailbox_form import MailboxForm
from app.ops.queries.mailboxes import rows


def list_mailboxes() -> Response:
    """All of them with their books, and what came for no mailbox."""
    books = books_by_mailbox()
    return page(
        "ops/mailboxes.html",
        mailboxes=rows(books),
        rest=books.get(None, Books()),
        own_address=settings().mail_from,
    )


def new_mailbox() -> Response:
    """An empty form."""
    return page("ops/mailbox_new.html", form=_with_teams(MailboxForm(formdata=None)))


def create_mailbox() -> Response:
    """Add it."""
    form = _with_teams(MailboxForm())
    if form.validate():
        try:
            mailbox = mailboxes.add_mailbox(
                credentials=form.credentials, since=form.since, **form.given
            )
            say("The mailbox is there. Try it out now.")
            return moved_to("ops.show_mailbox", id=mailbox.id)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("ops/mailbox_new.html", form=form)


def show_mailbox(id: int) -> Response:
    """One, to be changed."""
    mailbox = mailbox_or_404(id)
    return page("ops/mailbox.html", **_shown(mailbox, mailbox_form.form_of(mailbox)))


def change_mailbox(id: int) -> Response:
    """Change it; secrets that are left empty stay."""
    mailbox, form = mailbox_or_404(id), _with_teams(MailboxForm())
    if form.validate():
        try:
            mailboxes.change_mailbox(mailbox, credentials=form.credentials, **form.given)
            say("Saved. The worker follows within a few seconds.")
            return moved_to("ops.show_mailbox", id=id)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("ops/mailbox.html", **_shown(mailbox, form))


def try_mailbox(id: int) -> Response:
    """Sign in there now, and say in words what works and what does not."""
    box = box_of(mailbox_or_404(id))
    let_go()  # the server may take its time
    trial = try_out(box)
    if trial.works:
        say(trial.words)
        return moved_to("ops.show_mailbox", id=id)
    mailbox = mailbox_or_404(id)
    return invalid("ops/mailbox.html", **_shown(mailbox, mailbox_form.form_of(mailbox), trial))


def pause_mailbox(id: int) -> Response:
    """Fetch nothing from it until somebody switches it on again."""
    mailboxes.switch_off(mailbox_or_404(id))
    say("The mailbox is switched off. What came in stays where it is.")
    return moved_to("ops.show_mailbox", id=id)


def resume_mailbox(id: int) -> Response:
    """Fetch from it again."""
    mailboxes.switch_on(mailbox_or_404(id))
    say("The mailbox is switched on.")
    return moved_to("ops.show_mailbox", id=id)


def _shown(mailbox: Mailbox, form: MailboxForm, trial: Trial | None = None) -> dict[str, Any]:
    return {
        "mailbox": mailbox,
        "form": _with_teams(form),
        "trial": trial,
        "books": books_by_mailbox().get(mailbox.id, Books()),
    }


def _with_teams(form: MailboxForm) -> MailboxForm:
    teams = ((0, "No team"), *team_names().items())
    form.team_id.choices = [SelectChoice(id, name) for id, name in teams]
    return form
