"""Macros: looking after them, seeing what one would do, and doing it."""

from datetime import timedelta
from typing import Any

from flask import Response, make_response
from flask_login import current_user

from app.accounts import people, teams
from app.accounts.permissions import Permission
from app.core import clock
from app.core.errors import InvalidInput
from app.core.markdown import Profile, render
from app.core.settings import settings
from app.core.web.responses import invalid, moved_to, page, say
from app.tickets import access, queries
from app.tickets.access import Act
from app.tickets.canned.placeholders import KNOWN
from app.tickets.macros import applying, keeping
from app.tickets.macros.applying import NotAsShown
from app.tickets.macros.forms import ApplyForm, MacroForm
from app.tickets.macros.macro import Macro, Says
from app.tickets.macros.plan import plan
from app.tickets.macros.queries import latest_message, macro_or_404, macros
from app.tickets.replying import StaleReply
from app.tickets.shelf import Shelf, may_change
from app.tickets.ticket import Ticket


def list_macros() -> Response:
    """Those that this person may use."""
    return page("tickets/macros/list.html", macros=macros(current_user), **_around())


def new_macro() -> Response:
    """An empty form."""
    return page("tickets/macros/edit.html", form=MacroForm(formdata=None), **_around())


def create_macro() -> Response:
    """Keep a new one."""
    form = MacroForm()
    if form.validate():
        try:
            keeping.keep(**_said(form), by=current_user)
            say("Kept. You find it at the head of every ticket.")
            return moved_to("tickets.list_macros")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("tickets/macros/edit.html", form=form, **_around())


def edit_macro(id: int) -> Response:
    """Its form, or, for somebody who may only use it, what it does."""
    macro = macro_or_404(id, current_user)
    return page("tickets/macros/edit.html", form=MacroForm.of(macro), **_around(macro))


def change_macro(id: int) -> Response:
    """Let it do something else."""
    macro, form = macro_or_404(id, current_user), MacroForm()
    if form.validate():
        try:
            keeping.change(macro, **_said(form), by=current_user)
            say("Saved.")
            return moved_to("tickets.list_macros")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("tickets/macros/edit.html", form=form, **_around(macro))


def delete_macro(id: int) -> Response:
    """Throw it away."""
    keeping.delete(macro_or_404(id, current_user), by=current_user)
    say("Deleted.")
    return moved_to("tickets.list_macros")


def list_macros_for(number: int) -> Response:
    """The macros, to choose one for this ticket."""
    ticket = access.ticket_for(Act.TRIAGE, number, user=current_user)
    return page("tickets/macros/list.html", macros=macros(current_user), ticket=ticket, **_around())


def show_macro_on(number: int, id: int) -> Response:
    """What the macro would do to this ticket."""
    return _preview(access.ticket_for(Act.TRIAGE, number, user=current_user), id)


def apply_macro(number: int, id: int) -> Response:
    """Do it, if it still is what the person saw."""
    ticket = access.ticket_for(Act.TRIAGE, number, user=current_user)
    macro, form = macro_or_404(id, current_user), ApplyForm()
    undo_s = settings().undo_send_s
    try:
        applying.apply(
            ticket,
            macro=macro,
            by=current_user,
            shown=form.shown.data or "",
            seen=form.seen.data,
            held_until=clock.now() + timedelta(seconds=undo_s) if undo_s else None,
        )
    except (NotAsShown, StaleReply) as fault:
        return make_response(_preview(ticket, id, changed=fault.message), 409)
    say(f"Done: {macro.title}.")
    return moved_to("tickets.show_ticket", number=number, _anchor="latest")


def _preview(ticket: Ticket, id: int, *, changed: str = "") -> Response:
    macro = macro_or_404(id, current_user)
    planned = plan(macro, ticket, by=current_user._get_current_object())
    html = render(planned.text, profile=Profile.COMMENT).html if planned.text else ""
    return page(
        "tickets/macros/preview.html",
        ticket=ticket,
        macro=macro,
        plan=planned,
        html=html,
        latest=latest_message(ticket),
        changed=changed,
        counts=queries.counts_aside(current_user),
    )


def _said(form: MacroForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "changes": form.changes,
        "says": Says(form.says.data),
        "text": form.text.data or "",
        "shelf": Shelf(form.shelf.data),
        "team_id": form.team.data,
    }


def _around(macro: Macro | None = None) -> dict[str, Any]:
    """What every page of macros shows beside them."""
    names, mine = teams.team_names(), teams.teams_of(current_user.id)
    return {
        "macro": macro,
        "may_change": macro is None or may_change(current_user, macro),
        "may_share": current_user.may(Permission.TICKETS_SHARE),
        "agents": people.names_with(Permission.TICKETS_REPLY),
        "team_names": names,
        "own_teams": {key: name for key, name in names.items() if key in mine},
        "placeholders": KNOWN,
        "counts": queries.counts_aside(current_user),
    }
