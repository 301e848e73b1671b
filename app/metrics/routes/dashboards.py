"""Dashboards of saved reports."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask import Response, request
from flask_login import current_user

from app.core import clock
from app.core.errors import InvalidInput, NotFound
from app.core.settings import settings
from app.core.slugs import slug
from app.core.web.responses import invalid, moved_to, page, say
from app.metrics.caches.going_back import NotReady, then_of
from app.metrics.reports.tables import csv_lines
from app.metrics.routes.downloads import csv_file, json_file
from app.metrics.routes.shelves import around, as_of_asked, shelf_of
from app.metrics.saved import arranging, files
from app.metrics.saved.dashboard import Dashboard
from app.metrics.saved.forms import AsOfForm, DashboardForm
from app.metrics.saved.panels import Panel, drawn, obtain, panels, wanted_of
from app.metrics.saved.queries import (
    arranged,
    dashboard_or_404,
    dashboards,
    report_or_404,
    reports,
    reports_by_id,
)
from app.metrics.saved.wording import question_words, questions_words
from app.metrics.standing import standing

PLACE = "place-"


def list_dashboards() -> Response:
    """Those that this person may see."""
    return page("metrics/saved/dashboards.html", dashboards=dashboards(current_user), **around())


def new_dashboard() -> Response:
    """An empty form."""
    return page("metrics/saved/arrange.html", **_arranging(DashboardForm(formdata=None), {}))


def create_dashboard() -> Response:
    """Make it."""
    form = DashboardForm()
    if form.validate():
        try:
            board = arranging.make_dashboard(**_said(form), by=current_user)
            return moved_to("metrics.show_dashboard", id=board.id)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("metrics/saved/arrange.html", **_arranging(form, _places()))


def show_dashboard(id: int) -> Response:
    """Its reports that this person may see, in their order, as of now or at the end of a day."""
    board, form = dashboard_or_404(id, current_user), AsOfForm(request.args)
    context = {"board": board, "form": form, **around(board)}
    if not form.validate():
        return invalid("metrics/saved/dashboard.html", panels=None, **context)
    day, found = form.as_of.data, reports_by_id(arranged(board), current_user)
    try:
        shown = [*panels(found, day)]
    except NotReady as wait:
        waits = {"why": wait.message, "then": then_of(day) if day else None}
        return page("metrics/saved/dashboard.html", panels=None, waits=waits, **context)
    return page("metrics/saved/dashboard.html", panels=shown, then=day, **context)


def show_panel(id: int, report_id: int) -> Response:
    """One report of it, for a page that did not wait for all."""
    board, report = dashboard_or_404(id, current_user), report_or_404(report_id, current_user)
    if report.id not in arranged(board):
        raise NotFound("This report is not on the dashboard any more.")
    day = as_of_asked()
    panel = Panel(report, question_words(report.question), drawn(report, day))
    return page("metrics/saved/_panel.html", board=board, panel=panel, then=day)


def download_dashboard_csv(id: int) -> Response:
    """Every report of it that this person may see, one below the other: a row for each figure."""
    board, day = dashboard_or_404(id, current_user), as_of_asked()
    lines = csv_lines(files.DASHBOARD_COLUMNS, files.dashboard_rows(_made(board, day)))
    return csv_file(lines, f"{_file_of(board, day)}.csv")


def download_dashboard_json(id: int) -> Response:
    """The same as a list of reports, each as its own file holds it."""
    board, day = dashboard_or_404(id, current_user), as_of_asked()
    return json_file(files.dashboard_values(_made(board, day)), f"{_file_of(board, day)}.json")


def edit_dashboard(id: int) -> Response:
    """Its form."""
    board = dashboard_or_404(id, current_user)
    form = DashboardForm(
        formdata=None, title=board.title, shelf=board.shelf.value, team=board.team_id
    )
    places = {each: str(place) for place, each in enumerate(arranged(board), 1)}
    return page("metrics/saved/arrange.html", **_arranging(form, places, board))


def change_dashboard(id: int) -> Response:
    """Save it."""
    board, form = dashboard_or_404(id, current_user), DashboardForm()
    if form.validate():
        try:
            arranging.change_dashboard(board, **_said(form), by=current_user)
            say("Saved.")
            return moved_to("metrics.show_dashboard", id=id)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("metrics/saved/arrange.html", **_arranging(form, _places(), board))


def delete_dashboard(id: int) -> Response:
    """Throw it away."""
    arranging.delete_dashboard(dashboard_or_404(id, current_user), by=current_user)
    say("Deleted.")
    return moved_to("metrics.list_dashboards")


def _made(board: Dashboard, day: date | None) -> Iterator[files.Titled]:
    """Its reports, each made when its turn comes.  Raises NotReady at once."""
    standing(as_of_on=day)
    found = reports_by_id(arranged(board), current_user)
    asked = [(each.id, each.title, wanted_of(each, day)) for each in found]
    return ((id, title, obtain(wanted).made) for id, title, wanted in asked)


def _file_of(board: Dashboard, day: date | None) -> str:
    return f"{slug(board.title)}-{day or clock.today(settings().zone)}"


def _said(form: DashboardForm) -> dict[str, Any]:
    return {"title": form.title.data, "report_ids": _ordered(_places()), **shelf_of(form)}


def _places() -> dict[int, str]:
    """What was typed for each report, by its id."""
    typed = (
        (name.removeprefix(PLACE), text)
        for name, text in request.form.items()
        if name.startswith(PLACE)
    )
    return {int(id[:9]): text.strip()[:9] for id, text in typed if id.isdecimal() and text.strip()}


def _ordered(places: Mapping[int, str]) -> Sequence[int]:
    """The reports that have a place, in order; what is no number comes last, as it stands on the page."""
    return sorted(places, key=lambda id: float(places[id]) if places[id].isdecimal() else 1e9)


def _arranging(
    form: DashboardForm, places: Mapping[int, str], board: Dashboard | None = None
) -> dict[str, Any]:
    found = reports(current_user)
    asks = questions_words([each.question for each in found])
    return {
        "form": form,
        "reports": [*zip(found, asks, strict=True)],
        "places": places,
        "board": board,
        **around(board),
    }
