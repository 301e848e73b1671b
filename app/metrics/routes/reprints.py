"""Figures as they stood at the end of a day: asked for here, worked out by the worker."""

from flask import Response, request

from app.core.errors import InvalidInput
from app.core.web.responses import moved_to
from app.metrics import jobs
from app.metrics.caches.going_back import ask_for
from app.metrics.forms import PeriodForm


def create_reprint() -> Response:
    """Have the figures of the day worked out, unless they are or are going to be."""
    form = PeriodForm(request.form)
    if not form.validate() or not form.as_of.data:
        raise InvalidInput("Choose a day that is over.")
    if (then_id := ask_for(form.as_of.data)) is not None:
        jobs.prepare_then.later(then_id=then_id, _key=f"figures of then {then_id}")
    return moved_to("metrics.show_metrics", **form.chosen)
