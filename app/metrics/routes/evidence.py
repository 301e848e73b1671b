"""The tickets behind a figure."""

from flask import Response, request
from flask_login import current_user

from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web import arguments
from app.core.web.responses import invalid, moved_to, page
from app.metrics import evidence
from app.metrics.caches.going_back import NotReady
from app.metrics.choosing import asked
from app.metrics.definitions.entry import COUNTED
from app.metrics.forms import PRESETS, PeriodForm
from app.metrics.listed import metric_or_404
from app.metrics.slice import WHOLE, Slice
from app.metrics.standing import standing


def show_evidence(metric: str) -> Response:
    """One list of tickets: those that the figure counts, or leaves out by one reason."""
    shown, form = metric_or_404(metric), PeriodForm(request.args)
    if not form.validate():
        return invalid("metrics/overview.html", form=form, presets=PRESETS, seen=None)
    try:
        wanted = asked(form)
        stand = standing(as_of_on=wanted.as_of_on, where=wanted.where)
    except InvalidInput as fault:
        form.refuse(fault)
        return invalid("metrics/overview.html", form=form, presets=PRESETS, seen=None)
    except NotReady:  # the page says how far it is
        return moved_to("metrics.show_metrics", **form.chosen)
    hidden = evidence.hides(shown, wanted, stand=stand)
    only = WHOLE if hidden else slice_asked()
    sample = evidence.sample(shown, wanted.days, stand=stand, only=only)
    lists = {each.key: each for each in evidence.listings(sample)}
    chosen = lists.get(arguments.text("list", longest=40), lists[COUNTED])
    last = max(1, -(-chosen.length // evidence.ROWS))
    number = arguments.integer("page", default=1, at_least=1, at_most=last)
    return page(
        "metrics/evidence.html",
        name=metric,
        metric=shown,
        form=form,
        asked=form.chosen,
        only=only,
        hidden=hidden,
        seen=evidence.basis(shown, wanted.days, stand=stand),
        lists=lists.values(),
        chosen=chosen,
        rows=evidence.rows(shown, sample, key=chosen.key, page=number, by=current_user),
        number=number,
        last=last,
        zone=settings().reporting_zone,
    )


def slice_asked() -> Slice:
    """Which part of the cases was asked for: seconds from `least` to `below`, a `weekday`, an `hour`."""
    return Slice(
        least=_number("least"),
        below=_number("below"),
        weekday=_number("weekday", at_most=6),
        hour=_number("hour", at_most=23),
    )


def _number(name: str, *, at_most: int = 2**31) -> int | None:
    """A number, where one was given."""
    return (
        arguments.integer(name, default=0, at_least=0, at_most=at_most)
        if arguments.text(name, longest=12).isdecimal()
        else None
    )
