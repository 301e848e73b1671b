"""Metrics: the report for machines, in plain values."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from app.metrics.catalogue import CATALOGUE, COUNTERS, VERSION, Metric, Unit
from app.metrics.counter import count
from app.metrics.figures import median_interval, nearest_rank, rate, whole_mean
from app.metrics.period import Period
from app.metrics.sample import Sample
from app.metrics.summary import TicketSummary


def report(tickets: Iterable[TicketSummary], *, period: Period, as_of: datetime) -> dict[str, Any]:
    """Every metric of the catalogue for the period, as of an instant.

    Durations in whole calendar seconds, rates as fractions of 1.  A figure of nothing is None.
    The same events and the same `as_of` give the same report.
    """
    samples = count(tickets, by=COUNTERS, period=period, as_of=as_of)
    return {
        "as_of": _text(as_of),
        "from": _text(period.start_at),
        "to": _text(period.end_at),
        "version": VERSION,
        "metrics": {id: figures(CATALOGUE[id], sample) for id, sample in samples.items()},
    }


def figures(metric: Metric, sample: Sample) -> dict[str, Any]:
    """The figures of one metric with its n, what stands beside it, and what was left out."""
    return {
        **_headline(metric, sample),
        **{name: len(ids) for name, ids in sample.also.items()},
        "excluded": {reason.value: len(ids) for reason, ids in sorted(sample.excluded.items())},
    }


def _headline(metric: Metric, sample: Sample) -> dict[str, Any]:
    match unit := metric.unit:
        case Unit.SECONDS:
            return _duration(sample)
        case Unit.FRACTION:
            return _fraction(metric, sample)
        case Unit.TICKETS:
            return {"value": len(sample.values), "n": len(sample.values), "unit": unit.value}


def _duration(sample: Sample) -> dict[str, Any]:
    ordered = sorted(sample.values)
    median = nearest_rank(ordered, percent=50)
    low, high = median_interval(ordered) or (None, None)
    return {
        "value": median,
        "n": len(sample.values),
        "unit": Unit.SECONDS.value,
        "median": median,
        "p90": nearest_rank(ordered, percent=90),
        "mean": whole_mean(ordered),
        "low": low,
        "high": high,
    }


def _fraction(metric: Metric, sample: Sample) -> dict[str, Any]:
    share = rate(sum(map(metric.is_hit, sample.values)), len(sample.values))
    return {
        "value": share.value,
        "n": share.n,
        "unit": Unit.FRACTION.value,
        "hits": share.hits,
        "low": share.low,
        "high": share.high,
        **(metric.beside(sample) if metric.beside else {}),
    }


def _text(instant: datetime | None) -> str | None:
    """ISO 8601 in UTC, with the Z that people expect."""
    if instant is None:
        return None
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
