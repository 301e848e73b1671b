"""`flask metrics …`: the report for machines, and the care of the cache."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.uow import reading
from app.metrics.asking import where_asked
from app.metrics.cache_commands import rebuild, verify
from app.metrics.command_values import Day, Instant, Zone
from app.metrics.day_span import DaySpan
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import Reading
from app.metrics.filtering import Key, Where
from app.metrics.histories import ledger
from app.metrics.reports.monthly import monthly_counter, monthly_rows
from app.metrics.reports.report import report
from app.metrics.reports.report_table import lines
from app.metrics.reports.tables import (
    CASE_COLUMNS,
    FIGURE_COLUMNS,
    case_rows,
    csv_lines,
    figure_rows,
)
from app.metrics.saved.commands import Saved, days_today, print_reports
from app.metrics.saved.question import Question
from app.worktime.calendars import calendars

metrics = AppGroup("metrics", help="Figures of the desk, made from its history.")
metrics.add_command(rebuild)
metrics.add_command(verify)
metrics.add_command(print_reports)

Command = Callable[..., None]


def _of_a_period(command: Command) -> Command:
    """The options that say which figures are meant."""
    for option in reversed(
        (
            click.option("--from", "start", type=Day(), help="First day, in the zone of the report."),
            click.option("--to", "end", type=Day(), help="The day after the last one."),
            click.option(
                "--as-of", type=Instant(),
                help="What was known at this time, or at the end of this day; now if not given.",
            ),
            click.option("--zone", type=Zone(), help="Where days begin; the reporting zone if not given."),
            click.option(
                "--filter", "filters", multiple=True, metavar="KEY=VALUE",
                help="Only cases of which this was true when they count; may be repeated. "
                f"Keys: {', '.join(Key)}. The value none means that nothing was said.",
            ),
            click.option("--json", "shape", flag_value="json", help="Print JSON."),
            click.option("--csv", "shape", flag_value="csv", help="Print CSV."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


@metrics.command("report")
@_of_a_period
@click.option(
    "--monthly", is_flag=True, help="Also what was created, resolved, reopened and left, by month."
)
@click.option(
    "--by",
    "group_by",
    type=click.Choice([key.value for key in Key]),
    help="Also every figure for each of these.",
)
@click.option(
    "--saved",
    type=Saved(),
    metavar="ID|TITLE",
    help="What a saved report asks, where no other option says otherwise.",
)
def print_report(
    start: date | None,
    end: date | None,
    as_of: datetime | None,
    zone: ZoneInfo | None,
    filters: tuple[str, ...],
    shape: str | None,
    group_by: str | None,
    saved: Question | None,
    *,
    monthly: bool,
) -> None:
    """Print every figure of a period, made from the ledger itself.

    Without dates: of everything.  In the JSON, times are seconds and rates fractions of 1; `hours`
    says whether seconds are of the calendar or of business hours, `definition` is the version of the
    definition.  By month, `resolved` counts tickets solved for the first time, `backlog` what was left
    at the end.  Figures of one person, by --by or by --filter, are hidden where they are made of fewer than
    five cases, and with them the next smallest where they could be worked out; by person, also those of
    everything.  A saved report that is cut by time is printed as a whole.
    """
    if saved:
        start, end, filters, group_by = _as_saved(saved, start, end, filters, group_by)
    days, known = _checked(start, end, as_of)
    zone = zone or settings().zone
    with reading():
        where = _where(filters)
        by = Reading(days.period(zone=zone), known, calendars(as_of=known))
        began_at = ledger.began_at(as_of=known) if monthly else None
        flow = monthly_counter(days, began_at=began_at, as_of=known, zone=zone, where=where)
        made = report(
            ledger.all_summaries(as_of=known),
            by=by,
            zone=zone,
            where=where,
            group_by=Key(group_by) if group_by else None,
            beside=[flow] if monthly else [],
        )
    if monthly:
        made["monthly"] = monthly_rows(flow, days=days, zone=zone)
    if saved:
        _leave_only(saved, made)
    match shape:
        case "json":
            click.echo(json.dumps(made, indent=2))
        case "csv":
            _print_csv(FIGURE_COLUMNS, figure_rows(made))
        case _:
            for line in lines(made):
                click.echo(line)


@metrics.command("tickets")
@click.argument("metric", type=click.Choice([*CATALOGUE]))
@_of_a_period
def print_tickets(
    metric: str,
    start: date | None,
    end: date | None,
    as_of: datetime | None,
    zone: ZoneInfo | None,
    filters: tuple[str, ...],
    shape: str | None,
) -> None:
    """Print the tickets behind a figure, row by row: counted, beside it, or left out and why.

    A row says when the case counts, its value, whom it is credited to, and what was said of the ticket
    at that time.  CSV, or with --json an object a line.
    """
    days, known = _checked(start, end, as_of)
    with reading():
        by = Reading(days.period(zone=zone or settings().zone), known, calendars(as_of=known))
        tickets = ledger.all_summaries(as_of=known)
        rows = case_rows(CATALOGUE[metric], tickets, by=by, where=_where(filters))
        if shape == "json":
            for row in rows:
                click.echo(json.dumps(row))
        else:
            _print_csv(CASE_COLUMNS, rows)


def _as_saved(
    question: Question,
    start: date | None,
    end: date | None,
    filters: tuple[str, ...],
    group_by: str | None,
) -> tuple[date | None, date | None, tuple[str, ...], str | None]:
    """Days, conditions and groups of the question, where the command line says nothing else."""
    if not start and not end:
        days = days_today(question)
        start, end = days.start_on, days.end_on
    key = question.by.value if isinstance(question.by, Key) else None
    return start, end, filters or question.conditions, group_by or key


def _leave_only(question: Question, made: dict[str, Any]) -> None:
    """Take out of the report every figure that the question does not ask for."""
    ids = {metric.id for metric in question.metrics}
    tables = [made, *made.get("groups", {"rows": []})["rows"]]
    for table in tables:
        table["metrics"] = {id: each for id, each in table["metrics"].items() if id in ids}


def _checked(
    start: date | None, end: date | None, as_of: datetime | None
) -> tuple[DaySpan, datetime]:
    if start and end and end <= start:
        raise click.BadParameter("must be a day after --from.", param_hint="--to")
    now = clock.now()
    known = as_of or now
    if known > now:
        raise click.BadParameter(
            "is in the future, of which nothing is known yet.", param_hint="--as-of"
        )
    return DaySpan(start, end), known


def _where(filters: Iterable[str]) -> Where:
    try:
        return where_asked(filters)
    except InvalidInput as fault:
        raise click.BadParameter(fault.message, param_hint="--filter") from None


def _print_csv(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> None:
    for line in csv_lines(columns, rows, end="\n"):
        click.echo(line, nl=False)
