"""Reading saved reports and dashboards, by who may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, func, select

from app.accounts.user import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.web.remembering import remembered
from app.metrics.saved.dashboard import Dashboard, DashboardReport
from app.metrics.saved.question import Question
from app.metrics.saved.saved_report import SavedReport
from app.tickets.shelf import STAMP, Shelved, in_reach, reach_of


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A saved report in a list."""

    id: int
    title: str
    owner_id: int | None
    team_id: int | None
    question: Question

    shelf = Shelved.shelf


@dataclass(frozen=True, slots=True)
class DashboardRow:
    """A dashboard in a list; `count` is how many reports are on it."""

    id: int
    title: str
    owner_id: int | None
    team_id: int | None
    count: int

    shelf = Shelved.shelf


_REPORTS = (
    select(
        SavedReport.id, SavedReport.title, SavedReport.owner_id, SavedReport.team_id,
        SavedReport.stored,
    )
    .where(in_reach(SavedReport))
    .order_by(func.lower(SavedReport.title), SavedReport.id)
)  # fmt: skip
_REPORT = select(SavedReport).where(in_reach(SavedReport))
_PLACES = (
    select(DashboardReport.report_id)
    .where(DashboardReport.dashboard_id == bindparam("board", type_=Integer))
    .order_by(DashboardReport.place)
)
_SHOWN = (
    select(func.count())
    .select_from(DashboardReport)
    .join(SavedReport, SavedReport.id == DashboardReport.report_id)
    .where(DashboardReport.dashboard_id == Dashboard.id, in_reach(SavedReport))
    .correlate(Dashboard)
    .scalar_subquery()
)
_DASHBOARDS = (
    select(Dashboard.id, Dashboard.title, Dashboard.owner_id, Dashboard.team_id, _SHOWN)
    .where(in_reach(Dashboard))
    .order_by(func.lower(Dashboard.title), Dashboard.id)
)
_DASHBOARD = select(Dashboard).where(in_reach(Dashboard))


def reports(user: Person) -> Sequence[ReportRow]:
    """Those that this person may see, in the order of the alphabet."""
    reach = reach_of(user)

    def read() -> list[ReportRow]:
        return [
            ReportRow(id, title, owner_id, team_id, Question.from_json(stored))
            for id, title, owner_id, team_id, stored in db.session.execute(_REPORTS, reach)
        ]

    return remembered(STAMP, ("saved reports", str(reach)), read)


def report_or_404(id: int, user: Person) -> SavedReport:
    """One that this person may see.  Raises NotFound."""
    found = db.session.scalar(_REPORT.where(SavedReport.id == id), reach_of(user))
    if found is None:
        raise NotFound("There is no such report here any more.")
    return found


def reports_by_id(ids: Iterable[int], user: Person) -> list[SavedReport]:
    """Those of these that this person may see, in this order."""
    asked = [*ids]
    found = db.session.scalars(_REPORT.where(SavedReport.id.in_(asked)), reach_of(user))
    return sorted(found, key=lambda report: asked.index(report.id))


def dashboards(user: Person) -> Sequence[DashboardRow]:
    """Those that this person may see, in the order of the alphabet; counted are reports they may see."""
    reach = reach_of(user)

    def read() -> list[DashboardRow]:
        return [DashboardRow(*row) for row in db.session.execute(_DASHBOARDS, reach)]

    return remembered(STAMP, ("dashboards", str(reach)), read)


def dashboard_or_404(id: int, user: Person) -> Dashboard:
    """One that this person may see.  Raises NotFound."""
    found = db.session.scalar(_DASHBOARD.where(Dashboard.id == id), reach_of(user))
    if found is None:
        raise NotFound("There is no such dashboard here any more.")
    return found


def arranged(board: Dashboard) -> list[int]:
    """The ids of all reports on it, from the top."""
    return [*db.session.scalars(_PLACES, {"board": board.id})]
