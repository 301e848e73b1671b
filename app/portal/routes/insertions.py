"""Guides and accepted answers for a message: looking for one, and putting it in."""

from flask import Response, make_response, request
from flask_login import current_user

from app.core.errors import NotFound
from app.core.web import arguments
from app.core.web.responses import moved_to, page, say
from app.portal import inserting
from app.portal.forms import InsertionForm
from app.portal.insertables import found_to_insert, insertion
from app.portal.insertion import How, Kind
from app.search.asked import LONGEST
from app.tickets import access, drafting, queries
from app.tickets.access import Act
from app.tickets.forms import DraftForm


def list_insertions(number: int) -> Response:
    """What could be put in, by words."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    text = arguments.text("q", longest=LONGEST)
    return page(
        "portal/insertions.html",
        ticket=ticket,
        text=text,
        hits=found_to_insert(text, current_user),
        counts=queries.counts_aside(current_user),
    )


def propose_insertions(number: int) -> Response:
    """The same while somebody types, to be put in as links."""
    access.ticket_for(Act.NOTE, number, user=current_user)
    hits = found_to_insert(arguments.text("q", longest=LONGEST), current_user)
    return page("portal/_proposals.html", hits=hits, number=number)


def begin_insertion(number: int) -> Response:
    """Keep what was written so far, then look for something to put in."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    form = DraftForm()
    if form.validate():
        text = form.text.data or ""
        drafting.keep_draft(ticket, kind=form.kind.data, text=text, by=current_user)
    return moved_to("portal.list_insertions", number=number)


def create_insertion(number: int) -> Response:
    """Put it into the draft; or give its text to a script, which puts it where the cursor is."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    form = InsertionForm()
    if not form.validate():
        raise NotFound("There is no such guide or solved question that customers may read.")
    what, how = insertion(Kind(form.kind.data), form.ref.data), How(form.how.data)
    if request.accept_mimetypes.best == "text/plain":
        text = inserting.insert(ticket, what=what, how=how, by=current_user)
        return make_response(text, {"Content-Type": "text/plain; charset=utf-8"})
    inserting.insert_into_draft(ticket, what=what, how=how, by=current_user)
    say("Put into your draft.")
    return moved_to("tickets.show_ticket", number=number, _anchor="text")
