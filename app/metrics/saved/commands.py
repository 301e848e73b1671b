"""`flask metrics reports`, and what `flask metrics report --saved` asks."""

import json

import click
from sqlalchemy import ColumnElement, select

from app.core import clock
from app.core.db import db
from app.core.settings import settings
from app.core.uow import reading
from app.metrics.day_span import DaySpan
from app.metrics.saved.question import Question
from app.metrics.saved.saved_report import SavedReport
from app.metrics.saved.wording import question_words


@click.command("reports")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def print_reports(*, as_json: bool) -> None:
    """List the saved reports of everybody: number, title, and what they ask."""
    with reading():
        found = [(each.id, each.title, each.question) for each in db.session.scalars(_ALL)]
        for id, title, asked in found:
            if as_json:
                click.echo(json.dumps({"id": id, "title": title, **asked.as_json()}))
            else:
                click.echo(f"{id:>6}  {title}: {question_words(asked)}")


class Saved(click.ParamType[Question]):
    """A saved report, by its number or its title."""

    name = "report"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Question:
        """What it asks, or a fault that names the option."""
        which: ColumnElement[bool] = SavedReport.title == value
        if value.isdecimal():
            which = SavedReport.id == int(value[:9])
        with reading():
            found = [(each.id, each.question) for each in db.session.scalars(_ALL.where(which))]
        if not found:
            self.fail(f"There is no saved report {value!r}: see flask metrics reports.", param, ctx)
        if len(found) > 1:
            numbers = ", ".join(str(id) for id, _ in found)
            self.fail(f"Several reports are called {value!r}: {numbers}.", param, ctx)
        return found[0][1]


def days_today(question: Question) -> DaySpan:
    """The days that the question means today."""
    return question.days_on(clock.today(settings().zone))


_ALL = select(SavedReport).order_by(SavedReport.id)
