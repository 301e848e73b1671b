"""Metrics: the figures of a saved report as values and rows, for other programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.core.settings import settings
from app.core.web.filters import plural
from app.metrics.day_span import DaySpan
from app.metrics.filtering import Key
from app.metrics.reports.report import filters_of, text_of, versions_of
from app.metrics.reports.tables import FIGURE_COLUMNS, figure_rows
from app.metrics.saved.cells import names_of_groups
from app.metrics.saved.making import Made
from app.worktime.calendars import calendars

COLUMNS = ("by", "group", "group_name", *FIGURE_COLUMNS)
DASHBOARD_COLUMNS = ("report", "report_title", "as_of", "from", "to", *COLUMNS)

Titled = tuple[int, str, Made]
"""A report: its number, its title and its figures."""


def as_values(made: Made) -> dict[str, Any]:
    """The report in the shape of `flask metrics report --json`, with `before` and `groups` beside."""
    wanted, before = made.wanted, made.wanted.before
    return {
        "as_of": text_of(made.as_of),
        **_ends(wanted.asked.days),
        "zone": str(settings().zone),
        "version": made.version,
        "filters": filters_of(wanted.asked.where),
        "calendars": versions_of(calendars(as_of=made.as_of)),
        "metrics": made.whole.figures,
        "before": {**_ends(before), "metrics": made.whole.earlier} if before else None,
        "groups": {"by": _by(made), "rows": [*_groups(made)], "more": made.more}
        if wanted.by
        else None,
    }


def rows(made: Made) -> Iterator[dict[str, Any]]:
    """A row for each figure of everything, then of each group; the last says how many groups are left out."""
    yield from figure_rows({"metrics": made.whole.figures})
    names = names_of_groups(made) if made.wanted.by else {}
    for group in made.groups:
        about = {"by": _by(made), "group": group.key, "group_name": names[group.key]}
        for row in figure_rows({"metrics": group.figures}):
            yield {**about, **row}
    if made.more:
        left_out = f"{plural(made.more, 'group')} with fewer cases left out"
        yield {"by": _by(made), "group_name": left_out}


def dashboard_rows(reports: Iterable[Titled]) -> Iterator[dict[str, Any]]:
    """The rows of each report, with what it is called and which days it is of."""
    for id, title, made in reports:
        about = {"report": id, "report_title": title, "as_of": text_of(made.as_of)}
        about |= _ends(made.wanted.asked.days)
        for row in rows(made):
            yield {**about, **row}


def dashboard_values(reports: Iterable[Titled]) -> Iterator[dict[str, Any]]:
    """Each report in the shape of `as_values`, with what it is called."""
    for id, title, made in reports:
        yield {"report": id, "title": title, **as_values(made)}


def _groups(made: Made) -> Iterator[dict[str, Any]]:
    names = names_of_groups(made)
    for group in made.groups:
        which = _ends(group.days) if group.days else {"value": group.value}
        yield {
            **which,
            "name": names[group.key],
            "metrics": group.figures,
            "before": group.earlier or None,
        }


def _by(made: Made) -> str:
    by = made.wanted.by
    return str(by if isinstance(by, Key) else made.step or by)


def _ends(days: DaySpan | None) -> dict[str, str | None]:
    period = days.period(zone=settings().zone) if days else None
    return {
        "from": text_of(period.start_at) if period else None,
        "to": text_of(period.end_at) if period else None,
    }
