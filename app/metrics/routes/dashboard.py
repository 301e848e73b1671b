"""The metrics page."""

from flask import Response, request
from flask_login import current_user

from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web.responses import invalid, page
from app.metrics.caches.proving import last_proof
from app.metrics.charts.arrivals import arrivals_table, busiest
from app.metrics.charts.course import course
from app.metrics.charts.spread import spread
from app.metrics.charts.trend import trend_chart
from app.metrics.choosing import asked, preset_of
from app.metrics.comments import comments_of
from app.metrics.definitions.catalogue import CATALOGUE, NOT_MEASURED
from app.metrics.forms import PRESETS, PeriodForm
from app.metrics.naming import names_of
from app.metrics.picture.picture import Picture
from app.metrics.remembering import picture
from app.metrics.side_rows import side_rows
from app.metrics.tile import tile

HEADLINES = ("ttr_full", "frt", "fcr", "csat")
FURTHER = ("one_touch", "reopen_rate", "response_rate", "nrt")


def show_metrics() -> Response:
    """The headline figures of a period, its course, and every figure in a table."""
    form = PeriodForm(request.args)
    if not form.validate():
        return invalid("metrics/overview.html", form=form, presets=PRESETS, seen=None)
    try:
        seen = picture(asked(form))
    except InvalidInput as fault:
        form.refuse(fault)
        return invalid("metrics/overview.html", form=form, presets=PRESETS, seen=None)
    current = preset_of(seen.asked.days)
    return page(
        "metrics/overview.html",
        form=form,
        presets=PRESETS,
        current=current,
        asked={**form.filters, "last": current} if current else form.chosen,
        filters=form.filters,
        seen=seen.overview,
        zone=settings().reporting_zone,
        proof=last_proof(),
        **(_drawn(seen) if seen.overview.began_at else {}),
    )


def _drawn(seen: Picture) -> dict[str, object]:
    """The picture in words and geometry."""
    overview, wanted = seen.overview, seen.asked
    tiles = {id: tile(CATALOGUE[id], figures) for id, figures in overview.figures.items()}
    zone = settings().zone
    resolution = wanted.metric("ttr_full")
    drawn = [trend_chart(trend, step=overview.step) for trend in seen.trends]
    return {
        "headlines": [tiles[wanted.metric(id).id] for id in HEADLINES],
        "further": [tiles[wanted.metric(id).id] for id in FURTHER],
        "backlog": tiles["backlog"],
        "lifetime": tiles.get("lifetime"),
        "changes": seen.changes,
        "not_measured": NOT_MEASURED,
        "tiles": tiles.values(),
        "trends": [chart for chart in drawn if chart],
        "spread": spread(resolution, seen.distribution, overview.figures[resolution.id]),
        "course": course(overview.flows, step=overview.step, zone=zone),
        "identity": seen.identity,
        "arrivals": arrivals_table(seen.arrivals),
        "busiest": busiest(seen.arrivals) if seen.arrivals else "",
        "by": wanted.by,
        "sides": side_rows(seen, names_of(wanted.by)),
        "comments": comments_of(wanted.days, to=current_user) if not wanted.where else (),
    }
