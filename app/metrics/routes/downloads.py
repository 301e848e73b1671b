"""Figures and their cases as files."""

from flask import Response, jsonify, request

from app.core.errors import InvalidInput, NotFound
from app.metrics.choosing import asked
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.metric import Metric
from app.metrics.downloading import as_csv, cases, figures_as_values
from app.metrics.forms import PeriodForm
from app.metrics.picture.asked import Asked
from app.metrics.remembering import picture
from app.metrics.reports.tables import CASE_COLUMNS, FIGURE_COLUMNS, figure_rows
from app.metrics.routes.evidence import stretch


def download_figures_csv() -> Response:
    """Every figure of the page, one a row."""
    made = figures_as_values(picture(_asked()))
    return csv_file(as_csv(FIGURE_COLUMNS, figure_rows(made)), "figures.csv")


def download_figures_json() -> Response:
    """Every figure of the page with all that is beside it."""
    return named(jsonify(figures_as_values(picture(_asked()))), "figures.json")


def download_cases_csv(metric: str) -> Response:
    """Every case of a figure, and every ticket left out of it, one a row."""
    rows = cases(_metric(metric), _asked(), **stretch())
    return csv_file(as_csv(CASE_COLUMNS, rows), f"{metric}.csv")


def download_cases_json(metric: str) -> Response:
    """The same as a list of objects."""
    return named(jsonify([*cases(_metric(metric), _asked(), **stretch())]), f"{metric}.json")


def _metric(id: str) -> Metric:
    if id not in CATALOGUE:
        raise NotFound("There is no such figure.")
    return CATALOGUE[id]


def _asked() -> Asked:
    form = PeriodForm(request.args)
    if not form.validate():
        raise InvalidInput(next(iter(form.errors.values()))[0])
    return asked(form)


def csv_file(text: str, name: str) -> Response:
    """A table, to be saved under this name."""
    return named(Response(text, mimetype="text/csv"), name)


def named(response: Response, name: str) -> Response:
    """The response, to be saved under this name."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
