"""The tickets behind a figure."""

from flask import Response, request
from flask_login import current_user

from app.core.errors import NotFound
from app.core.settings import settings
from app.core.web import arguments
from app.core.web.responses import invalid, page
from app.metrics import evidence
from app.metrics.choosing import asked
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import COUNTED
from app.metrics.forms import PRESETS, PeriodForm


def show_evidence(metric: str) -> Response:
    """One list of tickets: those that the figure counts, or leaves out by one reason."""
    if metric not in CATALOGUE:
        raise NotFound("There is no such figure.")
    form = PeriodForm(request.args)
    if not form.validate():
        return invalid("metrics/overview.html", form=form, presets=PRESETS, seen=None)
    shown, wanted = CATALOGUE[metric], asked(form)
    between = stretch()
    sample = evidence.sample(shown, wanted.days, where=wanted.where, **between)
    lists = {each.key: each for each in evidence.listings(sample)}
    chosen = lists.get(arguments.text("list", longest=40), lists[COUNTED])
    last = max(1, -(-chosen.length // evidence.ROWS))
    number = arguments.integer("page", default=1, at_least=1, at_most=last)
    return page(
        "metrics/evidence.html",
        metric=shown,
        asked=form.chosen,
        between=between,
        seen=evidence.basis(wanted.days),
        lists=lists.values(),
        chosen=chosen,
        rows=evidence.rows(shown, sample, key=chosen.key, page=number, by=current_user),
        number=number,
        last=last,
        zone=settings().reporting_zone,
    )


def stretch() -> dict[str, int | None]:
    """From where to where values were asked for, in seconds, as `least` and `below`."""
    return {name: _seconds(name) for name in ("least", "below")}


def _seconds(name: str) -> int | None:
    """One end of a stretch of values, where it was asked for."""
    return (
        arguments.integer(name, default=0, at_least=0, at_most=2**31)
        if arguments.text(name, longest=12).isdecimal()
        else None
    )
