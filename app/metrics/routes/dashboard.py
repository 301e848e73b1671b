"""The metrics page."""

from collections.abc import Callable, Mapping
from functools import cache, partial

from flask import Response, render_template, request
from flask_login import current_user
from markupsafe import Markup

from app.accounts import people
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web import remembering
from app.core.web.responses import invalid, page
from app.core.web.templating import remembering_url_for
from app.metrics.caches.going_back import NotReady, then_of
from app.metrics.caches.proving import last_proof
from app.metrics.charts.arrivals import arrivals_table, busiest
from app.metrics.charts.course import course
from app.metrics.charts.spread import spread
from app.metrics.charts.survival import survival_chart
from app.metrics.charts.trend import trend_chart
from app.metrics.choosing import asked, preset_of
from app.metrics.comments import comments_of
from app.metrics.definitions.catalogue import CATALOGUE, NOT_MEASURED
from app.metrics.forms import PRESETS, PeriodForm
from app.metrics.naming import names_of
from app.metrics.picture.asked import Asked
from app.metrics.picture.picture import Picture
from app.metrics.remembering import drawn
from app.metrics.reports.moves import Move
from app.metrics.side_rows import side_rows
from app.metrics.tile import tile
from app.metrics.words import TERMS

HEADLINES = ("ttr_full", "frt", "fcr", "csat")
_USUAL = (Move.CREATED, Move.REOPENED, Move.RESOLVED)
FURTHER = ("one_touch", "reopen_rate", "response_rate", "nrt")


def show_metrics() -> Response:
    """The headline figures of a period, its course, and every figure in a table."""
    form = PeriodForm(request.args)
    if not form.validate():
        return _refused(form)
    try:
        wanted = asked(form)
    except InvalidInput as fault:
        form.refuse(fault)
        return _refused(form)
    current = preset_of(wanted)
    again = {**form.filters, "last": current} if current else form.chosen
    context = {
        "form": form,
        "presets": PRESETS,
        "current": current,
        "asked": again,
        "zone": settings().reporting_zone,
    }
    try:
        return _shown(wanted, again, context)
    except NotReady as wait:
        then = then_of(wanted.as_of_on) if wanted.as_of_on else None
        return page("metrics/unready.html", seen=None, why=wait.message, then=then, **context)


def _shown(wanted: Asked, again: dict[str, str], context: dict[str, object]) -> Response:
    key = (request.script_root, remembering.seen(people.STAMP), *again.items())
    seen, figures = drawn(wanted, key=key, draw=partial(_draw, again=again))
    # Nothing keeps what comments said then.
    are_shown = not wanted.where and not wanted.as_of_on
    return page(
        "metrics/overview.html",
        seen=seen.overview,
        used=seen.used,
        calendars=seen.calendars,
        proof=None if wanted.as_of_on else last_proof(),
        figures=figures,
        comments=comments_of(wanted.days, to=current_user) if are_shown else (),
        **context,
    )


def _refused(form: PeriodForm) -> Response:
    return invalid("metrics/overview.html", form=form, presets=PRESETS, seen=None)


def _draw(seen: Picture, *, again: dict[str, str]) -> Markup:
    """The figures, the same for everybody who may read them; nothing on a desk without tickets."""
    if seen.overview.began_at is None:
        return Markup("")
    zone = settings().reporting_zone
    words = _in_words(seen)
    html = render_template(
        "metrics/_figures.html", asked=again, tickets_of=_tickets_of(again), zone=zone, **words
    )
    return Markup(html)  # noqa: S704 - a template's own output


def _tickets_of(asked: Mapping[str, str]) -> Callable[..., str]:
    """A function for templates: the address of the tickets behind a figure, as the page is but for `more`."""
    url_for = remembering_url_for()

    @cache  # a table has the links of its chart
    def address(metric: str, **more: object) -> str:
        return url_for("metrics.show_evidence", metric=metric, **{**asked, **more})

    return address


def _in_words(seen: Picture) -> dict[str, object]:
    """The picture in words and geometry."""
    overview, wanted = seen.overview, seen.asked
    tiles = {id: tile(CATALOGUE[id], figures) for id, figures in overview.figures.items()}
    zone = settings().zone
    resolution = wanted.metric("ttr_full")
    charts = [trend_chart(trend, step=overview.step) for trend in seen.trends]
    return {
        "headlines": [tiles[wanted.metric(id).id] for id in HEADLINES],
        "further": [tiles[wanted.metric(id).id] for id in FURTHER],
        "backlog": tiles["backlog"],
        "lifetime": tiles.get("lifetime"),
        "changes": seen.changes,
        "are_compared": any(change for pair in seen.changes.values() for change in pair),
        "not_measured": NOT_MEASURED,
        "tiles": tiles.values(),
        "trends": [chart for chart in charts if chart],
        "spread": spread(resolution, seen.distribution, overview.figures[resolution.id]),
        "survival": survival_chart(seen.curve) if seen.curve else None,
        "course": course(seen.flows, step=overview.step, zone=zone),
        "identity": seen.identity,
        "moves": [(move, n) for move in Move if (n := seen.identity.get(move)) or move in _USUAL],
        "is_part": bool(wanted.where),
        "arrivals": arrivals_table(seen.arrivals),
        "busiest": busiest(seen.arrivals) if seen.arrivals else "",
        "by": wanted.by,
        "sides": side_rows(seen, names_of(wanted.by)),
        "terms": TERMS,
    }
