"""Saved reports: looking after them, and what they say."""

from typing import Any

from flask import Response, jsonify, request
from flask_login import current_user

from app.core.errors import InvalidInput, NotFound
from app.core.settings import settings
from app.core.web import arguments
from app.core.web.responses import invalid, moved_to, page, say
from app.metrics.caches.going_back import NotReady, then_of
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import COUNTED
from app.metrics.evidence import ROWS, listings, rows
from app.metrics.forms import PeriodForm
from app.metrics.reports.tables import csv_lines
from app.metrics.routes.downloads import csv_file, named
from app.metrics.routes.shelves import around, as_of_asked, shelf_of
from app.metrics.saved import files, keeping
from app.metrics.saved.addressing import page_arguments
from app.metrics.saved.cells import names_of_groups
from app.metrics.saved.evidence import part_of, sample, tells_values
from app.metrics.saved.forms import HEADLINES, AsOfForm, ReportForm, question_of, values_of
from app.metrics.saved.making import Made
from app.metrics.saved.panels import drawn, made_of
from app.metrics.saved.queries import report_or_404, reports
from app.metrics.saved.question import Question
from app.metrics.saved.saved_report import SavedReport
from app.metrics.saved.wording import question_words, questions_words, span_words


def list_reports() -> Response:
    """Those that this person may see."""
    found = reports(current_user)
    asks = questions_words([each.question for each in found])
    return page("metrics/saved/list.html", reports=[*zip(found, asks, strict=True)], **around())


def new_report() -> Response:
    """The form, with what the metrics page showed, or as a copy of another report."""
    number = arguments.text("copy", longest=9)
    if number.isdecimal():
        copied = report_or_404(int(number), current_user)
        form = ReportForm(
            formdata=None, title=f"Copy of {copied.title}", **values_of(copied.question)
        )
    else:
        form = ReportForm(formdata=None, **values_of(_shown_on_page()))
    return _edit(form)


def create_report() -> Response:
    """Keep a new one."""
    form = ReportForm()
    if form.validate():
        try:
            report = keeping.keep(**_said(form), by=current_user)
            say("Saved. It answers anew whenever you open it.")
            return moved_to("metrics.show_report", id=report.id)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("metrics/saved/edit.html", **_editing(form))


def show_report(id: int) -> Response:
    """What it says as of now, or said at the end of a day."""
    report, form = report_or_404(id, current_user), AsOfForm(request.args)
    context = {"report": report, "asks": question_words(report.question), "form": form}
    context |= around(report)
    if not form.validate():
        return invalid("metrics/saved/show.html", made=None, **context)
    day = form.as_of.data
    try:
        made = made_of(report, day)
    except NotReady as wait:
        waits = {"why": wait.message, "then": then_of(day) if day else None}
        return page("metrics/saved/show.html", made=None, waits=waits, **context)
    return page(
        "metrics/saved/show.html",
        made=made,
        figures=drawn(report, day),
        on_page=page_arguments(report.question, made.wanted),
        **context,
    )


def edit_report(id: int) -> Response:
    """Its form; whoever may only read it is shown the page instead."""
    report = report_or_404(id, current_user)
    shelf = {"shelf": report.shelf.value, "team": report.team_id}
    return _edit(
        ReportForm(formdata=None, title=report.title, **shelf, **values_of(report.question)), report
    )


def change_report(id: int) -> Response:
    """Ask something else."""
    report, form = report_or_404(id, current_user), ReportForm()
    if form.validate():
        try:
            keeping.change(report, **_said(form), by=current_user)
            say("Saved.")
            return moved_to("metrics.show_report", id=id)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("metrics/saved/edit.html", **_editing(form, report))


def delete_report(id: int) -> Response:
    """Throw it away."""
    keeping.delete(report_or_404(id, current_user), by=current_user)
    say("Deleted.")
    return moved_to("metrics.list_reports")


def download_report_csv(id: int) -> Response:
    """A row for each figure of everything, and of each group."""
    made = made_of(report_or_404(id, current_user), as_of_asked())
    return csv_file(csv_lines(files.COLUMNS, files.rows(made)), f"{_file_of(id, made)}.csv")


def download_report_json(id: int) -> Response:
    """The same with all that is beside it."""
    made = made_of(report_or_404(id, current_user), as_of_asked())
    return named(jsonify(files.as_values(made)), f"{_file_of(id, made)}.json")


def show_report_tickets(id: int) -> Response:
    """The tickets behind one figure, list by list."""
    report, day = report_or_404(id, current_user), as_of_asked()
    try:
        made = made_of(report, day)
    except NotReady:  # the page says how far it is
        return moved_to("metrics.show_report", id=id, as_of=day)
    metric = CATALOGUE.get(arguments.text("metric", longest=40))
    if metric is None or metric not in made.wanted.metrics:
        raise NotFound("This report has no such figure.")
    row = arguments.text("row", longest=200)
    part = part_of(made, row)
    found = sample(metric, part)
    lists = {each.key: each for each in listings(found)} if found else {}
    chosen = lists.get(arguments.text("list", longest=40)) or lists.get(COUNTED)
    last = max(1, -(-chosen.length // ROWS)) if chosen else 1
    number = arguments.integer("page", default=1, at_least=1, at_most=last)
    shown = (
        rows(metric, found, key=chosen.key, page=number, by=current_user)
        if found and chosen
        else ()
    )
    return page(
        "metrics/saved/tickets.html",
        report=report,
        metric=metric,
        row=row,
        name=names_of_groups(made).get(row, "") if row else "",
        asks=question_words(report.question),
        days=span_words(part.days),
        then=day,
        lists=lists.values(),
        chosen=chosen,
        rows=shown,
        told=found is not None and tells_values(metric, part, found),
        number=number,
        last=last,
        zone=settings().reporting_zone,
    )


def _file_of(id: int, made: Made) -> str:
    day = made.wanted.asked.as_of_on
    return f"report-{id}-{day}" if day else f"report-{id}"


def _shown_on_page() -> Question:
    """What the address says that the metrics page showed; the usual where it makes no sense."""
    form = PeriodForm(request.args)
    try:
        return question_of(form) if form.validate() else Question(ids=HEADLINES)
    except InvalidInput:
        return Question(ids=HEADLINES)


def _said(form: ReportForm) -> dict[str, Any]:
    return {"title": form.title.data, "question": form.question, **shelf_of(form)}


def _edit(form: ReportForm, report: SavedReport | None = None) -> Response:
    return page("metrics/saved/edit.html", **_editing(form, report))


def _editing(form: ReportForm, report: SavedReport | None = None) -> dict[str, Any]:
    return {"form": form, "report": report, **around(report)}
