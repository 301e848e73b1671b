"""The front door of metrics."""

from flask import Blueprint

from app.accounts.needs import may
from app.accounts.permissions import Permission
from app.core.web.routing import get, post
from app.metrics.routes import (
    dashboard,
    downloads,
    evidence,
    explanations,
    options,
    reprints,
    wallboards,
)

bp = Blueprint("metrics", __name__, url_prefix="/metrics", template_folder="templates")

_read = may(Permission.METRICS_READ)

get(bp, "", dashboard.show_metrics, needs=_read)
get(bp, "/<metric>/tickets", evidence.show_evidence, needs=_read)
get(bp, "/tickets/<int:number>", explanations.show_explanation, needs=_read)
get(bp, "/figures.csv", downloads.download_figures_csv, needs=_read)
get(bp, "/figures.json", downloads.download_figures_json, needs=_read)
get(bp, "/<metric>/tickets.csv", downloads.download_cases_csv, needs=_read)
get(bp, "/<metric>/tickets.json", downloads.download_cases_json, needs=_read)
get(bp, "/options", options.list_options, needs=_read)
post(bp, "/reprints", reprints.create_reprint, needs=_read)
get(bp, "/wallboard", wallboards.show_wallboard, needs=_read)
