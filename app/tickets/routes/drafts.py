"""What somebody has begun to write, kept while they write, and how it will look."""

from flask import Response
from flask_login import current_user

from app.core.markdown import Profile, render
from app.core.web.responses import moved_to, page, say
from app.tickets import access, drafting, queries
from app.tickets.access import Act
from app.tickets.forms import DraftForm


def keep_draft(number: int) -> Response:
    """Keep it; 204."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    form = DraftForm()
    if not form.validate():
        return Response(status=422)
    drafting.keep_draft(ticket, kind=form.kind.data, text=form.text.data or "", by=current_user)
    return Response(status=204)


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


def preview_text() -> Response:
    """How a text will look: a piece of a page."""
    form = DraftForm()
    html = render(form.text.data or "", profile=Profile.COMMENT).html if form.validate() else ""
    return page("tickets/_preview.html", html=html)
