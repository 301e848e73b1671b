"""Metrics: how the desk stands, or stood at the end of a day, once figures of that are ready."""

from datetime import date

from app.core import clock
from app.core.settings import settings
from app.core.web.remembering import remembered
from app.metrics.caches.going_back import NotReady, end_of, ready_then
from app.metrics.caches.metric_page import STAMP
from app.metrics.caches.refreshing import is_made_so
from app.metrics.caches.shelf import Shelf
from app.metrics.caches.stand import Stand
from app.metrics.filtering import EVERY, Where

BEING_MADE = "The figures are being made anew. They are back in a moment."
NOT_MADE = "The figures of that day have to be worked out first: open the page with this day."


def standing(*, as_of_on: date | None = None, where: Where = EVERY) -> Stand:
    """How the desk stands now, or stood at the end of a day.  Raises NotReady."""
    zone = settings().zone
    if as_of_on is None:
        if not remembered(STAMP, "made so", is_made_so):
            raise NotReady(BEING_MADE)
        return Stand(clock.now(), zone, where)
    then_id = ready_then(as_of_on)
    if then_id is None:
        raise NotReady(NOT_MADE)
    return Stand(end_of(as_of_on), zone, where, Shelf(then_id))
