"""The front door of metrics."""

from flask import Blueprint

from app.accounts.needs import may
from app.accounts.permissions import Permission
from app.core.web.routing import get
from app.metrics.routes import dashboard, evidence

bp = Blueprint("metrics", __name__, url_prefix="/metrics", template_folder="templates")

_read = may(Permission.METRICS_READ)

get(bp, "", dashboard.show_metrics, needs=_read)
get(bp, "/<metric>/tickets", evidence.show_evidence, needs=_read)
