"""The inbox: views, searches, and changing many tickets at once."""

from functools import partial
from typing import Any

from flask import Response, render_template, request
from flask_login import current_user

from app.accounts import people, teams
from app.accounts.permissions import Permission
from app.accounts.user import User
from app.core import clock
from app.core.errors import InvalidInput
from app.core.web import arguments, remembering
from app.core.web.pages import Page
from app.core.web.responses import moved_to, moved_to_path, page, say
from app.tickets import triaging
from app.tickets.forms import BulkForm, ViewForm
from app.tickets.history import STAMP
from app.tickets.inbox import changing_many, completing, listing, looking, saving_views
from app.tickets.inbox.changing_many import Changes
from app.tickets.inbox.language import HELP, LONGEST, Column, NotUnderstood, Operator, with_option
from app.tickets.inbox.listing import Plan
from app.tickets.inbox.looking import Looked
from app.tickets.inbox.sidebar import sidebar
from app.tickets.ticket import Priority, Status

HELP_ROWS = tuple(HELP.values())
OPERATORS = tuple(f"{each}:" for each in Operator)


def show_inbox() -> Response:
    """A page of a view or a search; 304 when nothing has happened to any ticket."""
    user = current_user._get_current_object()
    if chosen := request.args.getlist("columns"):
        search = with_option(
            arguments.text("q", longest=LONGEST + 1), Operator.COLUMNS, ",".join(chosen)
        )
        return moved_to("tickets.show_inbox", q=search)
    etag = _etag(user)
    if etag and request.if_none_match.contains(etag):
        return Response(status=304)
    looked = looking.looked_at(request.args, user)
    try:
        plan = listing.plan_of(looked.search, me=user.id)
        rows = listing.rows_of(
            plan,
            after=arguments.text("after", longest=400),
            before=arguments.text("before", longest=400),
        )
    except NotUnderstood as fault:
        return _shown(looked, Page([]), user, fault=fault, status=422)
    response = _shown(looked, rows, user, plan=plan)
    if etag:
        response.set_etag(etag)
    return response


def complete_search() -> Response:
    """What the word under the cursor may become: a piece of a page."""
    word = arguments.text("word", longest=60)
    return page("tickets/_completions.html", completions=completing.completions(word))


def change_tickets() -> Response:
    """Change the chosen tickets, each wholly or not at all."""
    form = BulkForm()
    back = _back_to(form)
    if not form.validate():
        raise InvalidInput(next(iter(form.errors.values()))[0])
    report = changing_many.change_many(form.ticket.data, to=_changes(form), by=current_user)
    if report.refused:
        return page(
            "tickets/bulk_report.html", report=report, back=back, side=sidebar(current_user)
        )
    count = len(report.changed)
    say(f"{count} tickets changed." if count > 1 else "1 ticket changed.")
    return moved_to_path(back)


def save_view() -> Response:
    """Keep what is in the box under a name."""
    form = ViewForm()
    if not form.validate():
        raise InvalidInput(next(iter(form.errors.values()))[0])
    view = saving_views.save_view(
        name=form.name.data, search=form.search.data or "", team_id=form.team.data, by=current_user
    )
    say("View saved.")
    return moved_to("tickets.show_inbox", saved=view.id)


def change_view(id: int) -> Response:
    """Another name, search or team for a view."""
    view, form = saving_views.view_or_404(id, current_user), ViewForm()
    if not form.validate():
        raise InvalidInput(next(iter(form.errors.values()))[0])
    saving_views.change_view(
        view,
        name=form.name.data,
        search=form.search.data or "",
        team_id=form.team.data,
        by=current_user,
    )
    say("Saved.")
    return moved_to("tickets.show_inbox", saved=id)


def delete_view(id: int) -> Response:
    """Forget a view."""
    view = saving_views.view_or_404(id, current_user)
    saving_views.delete_view(view, by=current_user)
    say("View deleted. Its tickets are where they were.")
    return moved_to("tickets.show_inbox")


def _shown(
    looked: Looked,
    rows: Page[Any],
    user: User,
    *,
    plan: Plan | None = None,
    fault: NotUnderstood | None = None,
    status: int = 200,
) -> Response:
    html = render_template(
        "tickets/inbox.html",
        looked=looked,
        rows=rows,
        columns=plan.columns if plan else (),
        all_columns=list(Column),
        sort=plan.sort if plan else None,
        sorted_by=partial(with_option, looked.search, Operator.SORT),
        side=sidebar(user),
        fault=fault,
        help=HELP_ROWS,
        bulk_choices=(
            tuple(people.names_with(Permission.TICKETS_REPLY).items()),
            tuple(teams.team_names().items()),
        ),
        operators=OPERATORS,
        teams=teams.team_names(),
        own_teams=teams.teams_of(user.id),
        may_change=user.may(Permission.TICKETS_TRIAGE),
    )
    return Response(html, status=status)


def _etag(user: User) -> str:
    """What the page depends on, or nothing; ages are told anew each minute."""
    number = remembering.seen(STAMP)
    return "" if number is None else f"{number}-{user.id}-{int(clock.now().timestamp()) // 60}"


def _changes(form: BulkForm) -> Changes:
    return Changes(
        status=Status(form.status.data) if form.status.data else None,
        priority=Priority(form.priority.data) if form.priority.data else None,
        assignee_id=form.assignee.data,
        team_id=form.team.data,
        tags_on=frozenset(triaging.tags_in(form.tags_on.data or "")),
        tags_off=frozenset(triaging.tags_in(form.tags_off.data or "")),
    )


def _back_to(form: BulkForm) -> str:
    """The inbox as it was; what was sent is taken as its query only."""
    query = (form.back.data or "").replace("\n", "").replace("\r", "")
    return f"/inbox?{query}" if query else "/inbox"
