"""Searches that found nothing: said by the page that shows so, by a script, so that machines do not count."""

from flask import Response, make_response
from flask_login import current_user

from app.accounts.audiences import audiences_of
from app.core.web.throttling import throttle_machine
from app.portal.forms import MissForm
from app.search.misses.miss import Audience
from app.search.misses.noting import note_miss
from app.search.query import find

A_MINUTE = 20


def create_miss() -> Response:
    """Count the search, if it finds nothing indeed."""
    throttle_machine("search misses", limit=A_MINUTE, per_s=60)
    form = MissForm()
    if form.validate():
        text, audiences = form.q.data or "", audiences_of(current_user)
        found = find(text, viewer=current_user, audiences=audiences)
        if not found.items and not found.without_index:
            note_miss(text, audience=_audience())
    return make_response("", 204)


def _audience() -> Audience:
    if current_user.is_staff:
        return Audience.AGENT
    return Audience.CUSTOMER if current_user.is_authenticated else Audience.VISITOR
