"""Figures and their cases as files."""

from collections.abc import Iterable
from typing import Any

from flask import Response, jsonify, request, stream_with_context

from app.core.errors import InvalidInput
from app.metrics.choosing import asked
from app.metrics.downloading import as_json, cases, figures_as_values
from app.metrics.forms import PeriodForm
from app.metrics.listed import metric_or_404
from app.metrics.picture.asked import Asked
from app.metrics.remembering import picture
from app.metrics.reports.tables import CASE_COLUMNS, FIGURE_COLUMNS, csv_lines, figure_rows
from app.metrics.routes.evidence import slice_asked
from app.metrics.standing import standing


def download_figures_csv() -> Response:
    """Every figure of the page, one a row."""
    made = figures_as_values(picture(_asked()))
    return csv_file(csv_lines(FIGURE_COLUMNS, figure_rows(made)), "figures.csv")


def download_figures_json() -> Response:
    """Every figure of the page with all that is beside it."""
    return named(jsonify(figures_as_values(picture(_asked()))), "figures.json")


def download_cases_csv(metric: str) -> Response:
    """Every case of a figure, and every ticket left out of it, one a row."""
    return csv_file(csv_lines(CASE_COLUMNS, _cases(metric)), f"{metric}.csv")


def download_cases_json(metric: str) -> Response:
    """The same as a list of objects."""
    return json_file(_cases(metric), f"{metric}.json")


def _cases(name: str) -> Iterable[dict[str, Any]]:
    metric, wanted = metric_or_404(name), _asked()
    stand = standing(as_of_on=wanted.as_of_on, where=wanted.where)
    return cases(metric, wanted, stand=stand, only=slice_asked())


def _asked() -> Asked:
    form = PeriodForm(request.args)
    if not form.validate():
        raise InvalidInput(next(iter(form.errors.values()))[0])
    return asked(form)


def csv_file(lines: Iterable[str], name: str) -> Response:
    """A table, sent while it is made, to be saved under this name."""
    return _file(lines, name, mimetype="text/csv")


def json_file(rows: Iterable[dict[str, Any]], name: str) -> Response:
    """A list of objects, sent while it is made, to be saved under this name."""
    return _file(as_json(rows), name, mimetype="application/json")


def _file(pieces: Iterable[str], name: str, *, mimetype: str) -> Response:
    return named(Response(stream_with_context(iter(pieces)), mimetype=mimetype), name)


def named(response: Response, name: str) -> Response:
    """The response, to be saved under this name."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
