"""Metrics: the figures of one metric in plain values."""

from typing import Any

from app.metrics.definitions.entry import WAITING
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import Metric, Unit
from app.metrics.definitions.satisfaction import DELIVERED
from app.metrics.figures import median_interval, nearest_rank, rate, whole_mean
from app.metrics.kaplan_meier import Survival, survival
from app.metrics.reports.hiding import FEWEST, hidden
from app.metrics.sample import Evidence, Sample

FEW = 5
"""Below this many cases the values are shown beside the percentiles (METRICS.md 2.10)."""


def figures(metric: Metric, sample: Evidence) -> dict[str, Any]:
    """The figures of one metric with its n, what stands beside it, and what was left out.

    Durations in whole seconds, rates as fractions of 1.  A figure of nothing is None.
    """
    return {
        **_headline(metric, sample),
        **{name: len(ids) for name, ids in sample.also.items()},
        "excluded": {reason.value: len(ids) for reason, ids in sample.excluded.items()},
        "hours": metric.hours.value if metric.hours else None,
        "definition": metric.version,
    }


def discreet(metric: Metric, sample: Evidence) -> dict[str, Any]:
    """The figures of one person, or that they are hidden; of few on the desk their number without an age."""
    made = figures(metric, sample)
    return hidden(made) if is_of_few(sample) else made


def is_of_few(sample: Evidence) -> bool:
    """Whether it is made of so few cases that their values would say too much of one person."""
    return len(sample.ordered) < FEWEST


def survival_of(sample: Sample) -> Survival:
    """How long it takes, with those that still wait or were closed while they did (METRICS.md 2.10)."""
    lists = (sample.lists.get(name) for name in (WAITING, Reason.CLOSED_UNANSWERED))
    censored = [value for cases in lists if cases for value in cases.values]
    return survival(sample.values, censored)


def _headline(metric: Metric, sample: Evidence) -> dict[str, Any]:
    match unit := metric.unit:
        case Unit.SECONDS | Unit.COUNT:
            return _distribution(metric, sample)
        case Unit.FRACTION:
            return _fraction(metric, sample)
        case Unit.TICKETS:
            n, ordered = len(sample.ordered), sample.ordered
            return {"value": n, "n": n, "unit": unit.value, "oldest": ordered[-1] if n else None}


def _distribution(metric: Metric, sample: Evidence) -> dict[str, Any]:
    ordered = sample.ordered
    n = len(ordered)
    median = nearest_rank(ordered, percent=50)
    low, high = median_interval(ordered) or (None, None)
    mean = whole_mean(sample.total, n)
    made: dict[str, Any] = {
        "value": median,
        "n": n,
        "unit": metric.unit.value,
        "median": median,
        "p90": nearest_rank(ordered, percent=90),
        "mean": mean if metric.unit is Unit.SECONDS or not n else sample.total / n,
        "low": low,
        "high": high,
    }
    if n < FEW:
        made["values"] = [*ordered]
    if metric.survives and isinstance(sample, Sample):
        made["km_median"] = survival_of(sample).median
    return made


def _fraction(metric: Metric, sample: Evidence) -> dict[str, Any]:
    share = rate(sample.count_from(metric.hit_from), len(sample.ordered))
    return {
        "value": share.value,
        "n": share.n,
        "unit": Unit.FRACTION.value,
        "hits": share.hits,
        "low": share.low,
        "high": share.high,
        **(_ratings(sample) if metric.rated else {}),
    }


def _ratings(sample: Evidence) -> dict[str, Any]:
    """The response rate, answered of delivered, and the mean rating, which comes last."""
    answered = len(sample.ordered)
    return {
        "response_rate": rate(answered, len(sample.also[DELIVERED])).value,
        "mean_rating": sample.total / answered if answered else None,
    }
