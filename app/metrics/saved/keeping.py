"""Keeping reports: adding, changing and deleting them."""

from dataclasses import replace

from app.accounts.user import User
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.uow import verb
from app.core.web.page_cache import bump
from app.metrics.saved.question import FIGURES, Question, lasting
from app.metrics.saved.saved_report import SavedReport
from app.tickets.shelf import STAMP, Shelf, insist_on_change, normal_title, put


@verb
def keep(
    *, title: str, question: Question, shelf: Shelf, team_id: int | None, by: User
) -> SavedReport:
    """A new one.  Raises InvalidInput (fields `title`, `metrics`, `filter`, `shelf`, `team`)."""
    report = SavedReport(title=normal_title(title), stored=_checked(question))
    put(report, shelf, team_id=team_id, by=by)
    db.session.add(report)
    db.session.flush()  # whoever made it goes to its page
    bump(STAMP)
    return report


@verb
def change(
    report: SavedReport,
    *,
    title: str,
    question: Question,
    shelf: Shelf,
    team_id: int | None,
    by: User,
) -> None:
    """Ask something else, or lay it elsewhere.  Raises InvalidInput and NotAllowed."""
    insist_on_change(report, by=by)
    report.title, report.stored = normal_title(title), _checked(question)
    put(report, shelf, team_id=team_id, by=by)
    bump(STAMP)


@verb
def delete(report: SavedReport, *, by: User) -> None:
    """Throw it away: it leaves dashboards, and its mails end.  Raises NotAllowed."""
    insist_on_change(report, by=by)
    db.session.delete(report)
    bump(STAMP)


def _checked(question: Question) -> dict[str, object]:
    """As it is stored.  Raises InvalidInput for a question without a figure or with no meaning."""
    if not question.ids or any(id not in FIGURES for id in question.ids):
        raise InvalidInput("Choose a figure at least.", field="metrics")
    return replace(question, conditions=lasting(question.conditions)).as_json()
