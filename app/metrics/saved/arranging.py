"""Arranging reports on dashboards."""

from collections.abc import Sequence

from sqlalchemy import delete as delete_from

from app.accounts.user import User
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.uow import verb
from app.core.web.page_cache import bump
from app.metrics.saved.dashboard import Dashboard, DashboardReport
from app.metrics.saved.queries import arranged, reports_by_id
from app.metrics.saved.saved_report import SavedReport
from app.tickets.shelf import STAMP, Shelf, insist_on_change, normal_title, put

MOST = 24


@verb
def make_dashboard(
    *, title: str, report_ids: Sequence[int], shelf: Shelf, team_id: int | None, by: User
) -> Dashboard:
    """A new one with these reports.  Raises InvalidInput (fields `title`, `reports`, `shelf`, `team`)."""
    board = Dashboard(title=normal_title(title))
    put(board, shelf, team_id=team_id, by=by)
    db.session.add(board)
    db.session.flush()  # the places name it
    _arrange(board, report_ids, by=by)
    return board


@verb
def change_dashboard(
    board: Dashboard,
    *,
    title: str,
    report_ids: Sequence[int],
    shelf: Shelf,
    team_id: int | None,
    by: User,
) -> None:
    """Show other reports, or lay it elsewhere.  Raises InvalidInput and NotAllowed.

    Reports on it that this person may not see stay, behind the others.
    """
    insist_on_change(board, by=by)
    board.title = normal_title(title)
    put(board, shelf, team_id=team_id, by=by)
    seen = {report.id for report in reports_by_id(arranged(board), by)}
    unseen = [id for id in arranged(board) if id not in seen]
    _arrange(board, report_ids, by=by, behind=unseen)


@verb
def delete_dashboard(board: Dashboard, *, by: User) -> None:
    """Throw it away; its reports stay, its mails end.  Raises NotAllowed."""
    insist_on_change(board, by=by)
    db.session.delete(board)
    bump(STAMP)


def _arrange(
    board: Dashboard, report_ids: Sequence[int], *, by: User, behind: Sequence[int] = ()
) -> None:
    wanted = [*dict.fromkeys(report_ids)]
    if len(wanted) + len(behind) > MOST:
        raise InvalidInput(f"A dashboard holds {MOST} reports at most.", field="reports")
    reports = {report.id: report for report in reports_by_id(wanted, by)}
    for id in wanted:
        if id not in reports:
            raise InvalidInput("One of these reports is gone.", field="reports")
        _insist_on_company(reports[id], board)
    db.session.execute(delete_from(DashboardReport).where(DashboardReport.dashboard_id == board.id))
    db.session.add_all(
        DashboardReport(dashboard_id=board.id, report_id=id, place=place)
        for place, id in enumerate([*wanted, *behind])
    )
    bump(STAMP)


def _insist_on_company(report: SavedReport, board: Dashboard) -> None:
    """Everybody who finds the dashboard finds the report.  Raises InvalidInput (field `reports`)."""
    if board.shelf is Shelf.OWN or report.shelf is Shelf.ALL:
        return
    if board.shelf is Shelf.TEAM and report.team_id == board.team_id:
        return
    whom = "everybody" if board.shelf is Shelf.ALL else "this team"
    raise InvalidInput(
        f"“{report.title}” is not for {whom}: share it with them first, or leave it out.",
        field="reports",
    )
