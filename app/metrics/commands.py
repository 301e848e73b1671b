"""`flask metrics …`: the report for machines, and the care of the cache."""

import json
import sys
from datetime import UTC, date, datetime
from itertools import islice
from typing import TypeVar

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.settings import settings
from app.core.uow import reading, unit_of_work
from app.metrics import ledger, queries, refreshing
from app.metrics.day_span import FIRST_YEAR, LAST_YEAR, DaySpan
from app.metrics.monthly import monthly_counter, monthly_rows
from app.metrics.report import report
from app.metrics.report_table import lines

metrics = AppGroup("metrics", help="Figures of the desk, made from its history.")

MOST_SHOWN = 20
D = TypeVar("D", date, datetime)


class Day(click.ParamType[date]):
    """A day of the reporting zone."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a fault that names the option."""
        try:
            return _within_reason(date.fromisoformat(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-03-31.", param, ctx)


class Instant(click.ParamType[datetime]):
    """An ISO 8601 time; without a zone it is meant in the reporting zone."""

    name = "time"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The aware instant, or a fault that names the option."""
        try:
            read = _within_reason(datetime.fromisoformat(value))
        except ValueError:
            self.fail(f"{value!r} is not a time such as 2026-03-31T18:00:00Z.", param, ctx)
        return (read if read.tzinfo else read.replace(tzinfo=settings().zone)).astimezone(UTC)


@metrics.command("report")
@click.option("--from", "start", type=Day(), help="First day, in the reporting zone.")
@click.option("--to", "end", type=Day(), help="The day after the last one, in the reporting zone.")
@click.option("--as-of", type=Instant(), help="What was known at this time; now if not given.")
@click.option(
    "--json", "shape", flag_value="json", default="table", help="Print JSON, not a table."
)
@click.option(
    "--monthly", is_flag=True, help="Also what was created, resolved, reopened and left, by month."
)
def print_report(
    start: date | None, end: date | None, as_of: datetime | None, shape: str, *, monthly: bool
) -> None:
    """Print every figure of a period, made from the ledger itself.

    Without dates: of everything.  In the JSON, times are calendar seconds and rates fractions of 1.
    By month, `resolved` counts tickets solved for the first time, `backlog` what was left at the end.
    """
    if start and end and end <= start:
        raise click.BadParameter("must be a day after --from.", param_hint="--to")
    now = clock.now()
    known = as_of or now
    if known > now:
        raise click.BadParameter(
            "is in the future, of which nothing is known yet.", param_hint="--as-of"
        )
    days, zone = DaySpan(start, end), settings().zone
    with reading():
        began_at = ledger.began_at(as_of=known) if monthly else None
        flow = monthly_counter(days, began_at=began_at, as_of=known, zone=zone)
        tickets = flow.seeing(ledger.all_summaries(as_of=known))
        made = report(tickets, period=days.period(zone=zone), as_of=known)
    if monthly:
        made["monthly"] = monthly_rows(flow, days=days, zone=zone)
    if shape == "json":
        click.echo(json.dumps(made, indent=2))
        return
    for line in lines(made):
        click.echo(line)


@metrics.command("rebuild")
def rebuild() -> None:
    """Throw the cache of the metrics pages away and make it anew from the ledger."""
    with unit_of_work():
        refreshing.forget()
    after: int | None = 0
    while after is not None:
        with unit_of_work():
            after = refreshing.refresh_stale(after=after)
        if after:
            click.echo(f"up to ticket {after:,}")


@metrics.command("verify")
def verify() -> None:
    """Prove that the cache says what the ledger says; exit status 1 if it does not.

    A ticket that changed a moment ago may wait for the worker.
    """
    with reading():
        wrong = list(islice(queries.differences(as_of=clock.now()), MOST_SHOWN + 1))
    for number in wrong[:MOST_SHOWN]:
        click.echo(f"ticket {number}: the cache differs from the ledger")
    if wrong:
        click.echo("Is the worker running? If it is: flask metrics rebuild")
        sys.exit(1)
    click.echo("The cache says what the ledger says.")


def _within_reason(day: D) -> D:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day)
    return day
