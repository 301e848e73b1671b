"""Canned replies: looking after them, and putting one into what is being written."""

from typing import Any

from flask import Response, make_response
from flask_login import current_user

from app.accounts import teams
from app.accounts.permissions import Permission
from app.core.errors import InvalidInput, NotFound
from app.core.web import arguments
from app.core.web.responses import invalid, moved_to, page, say
from app.tickets import access, queries
from app.tickets.access import Act
from app.tickets.canned import keeping
from app.tickets.canned.canned_reply import CannedReply
from app.tickets.canned.filling import fill
from app.tickets.canned.forms import CannedForm, InsertForm
from app.tickets.canned.placeholders import KNOWN
from app.tickets.canned.queries import canned_or_404, canned_replies
from app.tickets.forms import MessageForm
from app.tickets.routes.tickets import page_of
from app.tickets.shelf import Shelf, may_change

MOST_PROPOSED = 8


def list_canned() -> Response:
    """Those that this person may use."""
    return page("tickets/canned/list.html", replies=canned_replies(current_user), **_around())


def new_canned() -> Response:
    """An empty form."""
    return page("tickets/canned/edit.html", form=CannedForm(formdata=None), **_around())


def create_canned() -> Response:
    """Keep a new one."""
    form = CannedForm()
    if form.validate():
        try:
            keeping.keep(**_said(form), by=current_user)
            say("Kept. You find it under every message that you write.")
            return moved_to("tickets.list_canned")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("tickets/canned/edit.html", form=form, **_around())


def edit_canned(id: int) -> Response:
    """Its form, or, for somebody who may only use it, its text."""
    reply = canned_or_404(id, current_user)
    form = CannedForm(
        formdata=None, title=reply.title, text=reply.text, shelf=reply.shelf.value, team=reply.team_id
    )  # fmt: skip
    return page("tickets/canned/edit.html", form=form, **_around(reply))


def change_canned(id: int) -> Response:
    """Say it otherwise."""
    reply, form = canned_or_404(id, current_user), CannedForm()
    if form.validate():
        try:
            keeping.change(reply, **_said(form), by=current_user)
            say("Saved.")
            return moved_to("tickets.list_canned")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("tickets/canned/edit.html", form=form, **_around(reply))


def delete_canned(id: int) -> Response:
    """Throw it away."""
    keeping.delete(canned_or_404(id, current_user), by=current_user)
    say("Deleted.")
    return moved_to("tickets.list_canned")


def insert_canned(number: int) -> Response:
    """The ticket's page with the text behind what was written so far; nothing is saved."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    chosen, form = InsertForm(), MessageForm()
    if not chosen.validate():
        raise NotFound("There is no such canned reply here any more.")
    text = fill(
        canned_or_404(chosen.canned.data, current_user).text, ticket=ticket, by=current_user
    )
    written = (form.text.data or "").rstrip()
    form.text.data = f"{written}\n\n{text}" if written else text
    return page_of(ticket, message=form)


def show_filled(number: int, id: int) -> Response:
    """The text of a canned reply as it reads on this ticket, to be inserted where the cursor is."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    text = fill(canned_or_404(id, current_user).text, ticket=ticket, by=current_user)
    return make_response(text, {"Content-Type": "text/plain; charset=utf-8"})


def propose_canned(number: int) -> Response:
    """Canned replies whose titles hold what is being typed."""
    access.ticket_for(Act.NOTE, number, user=current_user)
    asked = arguments.text("q", longest=60).lower()
    found = [each for each in canned_replies(current_user) if asked in each.title.lower()]
    return page("tickets/canned/_proposals.html", replies=found[:MOST_PROPOSED], number=number)


def _said(form: CannedForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "text": form.text.data,
        "shelf": Shelf(form.shelf.data),
        "team_id": form.team.data,
    }


def _around(reply: CannedReply | None = None) -> dict[str, Any]:
    """What every page of canned replies shows beside them."""
    names, mine = teams.team_names(), teams.teams_of(current_user.id)
    return {
        "reply": reply,
        "may_change": reply is None or may_change(current_user, reply),
        "may_share": current_user.may(Permission.TICKETS_SHARE),
        "team_names": names,
        "own_teams": {key: name for key, name in names.items() if key in mine},
        "placeholders": KNOWN,
        "counts": queries.counts_aside(current_user),
    }
