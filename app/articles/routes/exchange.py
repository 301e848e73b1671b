"""Importing and exporting articles in the browser."""

from flask import Response, make_response, request
from flask_login import current_user

from app.articles import jobs
from app.articles.article import Visibility
from app.articles.exchange.accepting import accept, confirm
from app.articles.exchange.collecting import AUDIENCES, collect
from app.articles.exchange.exporting import content_files
from app.articles.exchange.intake import Intake
from app.articles.exchange.packing import zipped
from app.articles.exchange.plan import Wishes
from app.articles.forms import IntakeForm
from app.articles.queries.exchange import intake_or_404, recent
from app.articles.syncing import root_of
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web.responses import invalid, moved_to, page, say

MOST_TOLD = 500


def show_exchange() -> Response:
    """The form for a source, and what came in lately."""
    return page("articles/exchange.html", form=IntakeForm(), intakes=recent())


def create_import() -> Response:
    """Take a source; the worker looks into it before anything happens."""
    form = IntakeForm()
    intake = _accepted(form) if form.validate() else None
    if intake is None:
        return invalid("articles/exchange.html", form=form, intakes=recent())
    jobs.look_into_source.later(id=intake.id)
    return moved_to("content.show_import", id=intake.id)


def show_import(id: int) -> Response:
    """What would become of a source, or what became of it."""
    intake = intake_or_404(id)
    faults = intake.report.get("faults", [])
    return page(
        "articles/import.html",
        intake=intake,
        faults=faults[:MOST_TOLD],
        untold=len(faults[MOST_TOLD:]),
    )


def confirm_import(id: int) -> Response:
    """Do it."""
    intake = intake_or_404(id)
    confirm(intake)
    jobs.take_source_in.later(id=id)
    say("The articles are being taken in.")
    return moved_to("content.show_import", id=id)


def show_export() -> Response:
    """The articles that an audience may read, as a zip of Markdown files."""
    audience = request.args.get("audience", "public")
    audience = audience if audience in AUDIENCES else "public"
    found = collect(root_of(settings()), audience=audience, with_drafts=True)
    answer = make_response(zipped(content_files(found)))
    answer.mimetype = "application/zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="articles-{audience}.zip"'
    return answer


def _accepted(form: IntakeForm) -> Intake | None:
    wishes = Wishes(
        into=(form.into.data or "").strip("/"),
        dialect=form.dialect.data,
        visibility=Visibility(form.visibility.data),
    )
    file = form.file.data
    try:
        return accept(file.filename, file.read(), wishes=wishes, by=current_user)
    except InvalidInput as fault:
        form.refuse(fault)
        return None
