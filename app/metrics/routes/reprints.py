"""Figures as they stood at the end of a day: asked for here, worked out by the worker."""

from datetime import date

from flask import Response, request
from flask_login import current_user

from app.core.errors import InvalidInput
from app.core.web.responses import moved_to
from app.metrics import jobs
from app.metrics.caches.going_back import ask_for
from app.metrics.forms import PeriodForm
from app.metrics.saved.forms import AsOfForm
from app.metrics.saved.queries import dashboard_or_404, report_or_404


def create_reprint() -> Response:
    """Have the figures of the day worked out, unless they are or are going to be."""
    form = PeriodForm(request.form)
    _work_out(form)
    return moved_to("metrics.show_metrics", **form.chosen)


def create_report_reprint(id: int) -> Response:
    """The same, and back to a saved report."""
    report_or_404(id, current_user)
    return moved_to("metrics.show_report", id=id, as_of=_work_out(AsOfForm()))


def create_dashboard_reprint(id: int) -> Response:
    """The same, and back to a dashboard."""
    dashboard_or_404(id, current_user)
    return moved_to("metrics.show_dashboard", id=id, as_of=_work_out(AsOfForm()))


def _work_out(form: PeriodForm | AsOfForm) -> date:
    if not form.validate() or not form.as_of.data:
        raise InvalidInput("Choose a day that is over.")
    day: date = form.as_of.data
    if (then_id := ask_for(day)) is not None:
        jobs.prepare_then.later(then_id=then_id, _key=f"figures of then {then_id}")
    return day
