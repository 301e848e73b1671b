"""What somebody has begun to write, kept while they write."""

from flask import Response, request
from flask_login import current_user

from app.core.web.responses import moved_to, page, say
from app.tickets import access, drafting, queries
from app.tickets.access import Act
from app.tickets.forms import DraftForm


def keep_draft(number: int) -> Response:
    """Keep it: 204 for what keeps it by itself, and for who asked, a page that says so."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    form = DraftForm()
    if not form.validate():
        return Response(status=422)
    drafting.keep_draft(ticket, kind=form.kind.data, text=form.text.data or "", by=current_user)
    if "asked" not in request.form:
        return Response(status=204)
    say("Draft saved.")
    return moved_to("tickets.show_ticket", number=number, _anchor="text")


def discard_draft(number: int) -> Response:
    """Throw it away."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    drafting.discard_draft(ticket, by=current_user)
    say("Draft thrown away.")
    return moved_to("tickets.show_ticket", number=number)


def list_drafts() -> Response:
    """Everything that this person has begun and not sent."""
    return page(
        "tickets/drafts.html",
        drafts=drafting.drafts_of(current_user),
        counts=queries.counts_aside(current_user),
    )
