"""The screen on the wall."""

from flask import Response, request

from app.core import clock
from app.core.settings import settings
from app.core.web.responses import page
from app.metrics import queries
from app.metrics.definitions.catalogue import NOT_MEASURED
from app.metrics.wallboard import wallboard


def show_wallboard() -> Response:
    """How the desk stands; 304 while nothing changed and the minute is the same."""
    etag = f"{queries.stamp()}-{int(clock.now().timestamp()) // 60}"
    if request.if_none_match.contains(etag):
        return Response(status=304)
    response = page(
        "metrics/wallboard.html",
        board=wallboard(),
        not_measured=NOT_MEASURED,
        zone=settings().reporting_zone,
    )
    response.set_etag(etag)
    return response
