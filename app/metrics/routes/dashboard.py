"""The metrics page."""

from flask import Response, request

from app.core.settings import settings
from app.core.web.responses import invalid, page
from app.metrics.caches.proving import last_proof
from app.metrics.charts import course
from app.metrics.choosing import days_asked, preset_of
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.forms import PRESETS, PeriodForm
from app.metrics.remembering import overview
from app.metrics.tile import tile

HEADLINES = ("ttr_full", "frt", "fcr", "csat", "reopen_rate", "backlog")


def show_metrics() -> Response:
    """The headline figures of a period, its course, and every figure in a table."""
    form = PeriodForm(request.args)
    if not form.validate():
        return invalid("metrics/overview.html", form=form, presets=PRESETS, seen=None)
    seen = overview(days_asked(form))
    current = preset_of(seen.days)
    tiles = {id: tile(CATALOGUE[id], figures) for id, figures in seen.figures.items()}
    return page(
        "metrics/overview.html",
        form=form,
        presets=PRESETS,
        current=current,
        asked={"last": current} if current else form.chosen,
        seen=seen,
        zone=settings().reporting_zone,
        proof=last_proof(),
        headlines=[tiles[id] for id in HEADLINES],
        tiles=tiles.values(),
        course=course(seen.flows, step=seen.step, zone=settings().zone),
    )
