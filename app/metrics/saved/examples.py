"""Metrics: the saved reports of the demo company."""

from app.accounts.user import User
from app.metrics.day_span import Step
from app.metrics.filtering import Key
from app.metrics.saved import arranging, keeping, subscribing
from app.metrics.saved.question import Question
from app.metrics.saved.spans import Moving
from app.metrics.saved.subscription import Every
from app.tickets.shelf import Shelf

_MONDAY, _MORNING = 0, 8
_QUESTIONS = {
    "First replies by team": Question(
        moving=Moving.LAST_28, by=Key.TEAM, ids=("frt", "ttr_full", "backlog")
    ),
    "How satisfied customers are": Question(moving=Moving.LAST_84, ids=("csat", "response_rate")),
    "Week by week": Question(
        moving=Moving.LAST_84, by=Step.WEEK, ids=("frt", "ttr_full", "fcr", "backlog")
    ),
}


def keep_examples(by: User) -> None:
    """Reports for everybody, a dashboard of them, and its mail on Mondays to this lead."""
    reports = [
        keeping.keep(title=title, question=asked, shelf=Shelf.ALL, team_id=None, by=by)
        for title, asked in _QUESTIONS.items()
    ]
    board = arranging.make_dashboard(
        title="Monday morning",
        report_ids=[report.id for report in reports],
        shelf=Shelf.ALL,
        team_id=None,
        by=by,
    )
    subscribing.subscribe(
        board, every=Every.WEEK, weekday=_MONDAY, hour=_MORNING, team_id=None, by=by
    )
