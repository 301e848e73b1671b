"""Metrics: what pages list tickets of: every figure of the catalogue, and what charts count beside them."""

from collections.abc import Iterator

from app.core.errors import NotFound
from app.metrics.caches.series import CREATED
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import COUNTED, Entry, Reading
from app.metrics.definitions.exclusions import common
from app.metrics.definitions.metric import Metric, Unit
from app.metrics.histories.summary import TicketSummary


def created(ticket: TicketSummary, _by: Reading) -> Iterator[Entry]:
    """A ticket that came, unless one of the common reasons leaves it out."""
    if not common(ticket):
        assignee = ticket.fields_at(ticket.created_at).assignee
        yield Entry(COUNTED, ticket.created_at, 1, assignee)


CAME = Metric(
    id=CREATED,
    name="Created",
    unit=Unit.TICKETS,
    entries=created,
    say=lambda _: "",
    dated="A ticket counts in the period in which it was created.",
    definition="Tickets that came, without spam, deleted ones, ones of staff and those merged into others.",
)
_LISTED = {**CATALOGUE, "created": CAME}


def metric_or_404(name: str) -> Metric:
    """What is listed under this name.  Raises NotFound."""
    if name not in _LISTED:
        raise NotFound("There is no such figure.")
    return _LISTED[name]
