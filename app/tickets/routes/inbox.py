"""The inbox."""

from flask import Response
from flask_login import current_user

from app.core.web import arguments
from app.core.web.responses import page
from app.tickets import queries
from app.tickets.queries import View


def show_inbox() -> Response:
    """A page of one view."""
    view = arguments.choice("view", View.OPEN)
    rows = queries.inbox(view, current_user, after=arguments.text("after", longest=200))
    return page(
        "tickets/inbox.html", view=view, rows=rows, counts=queries.inbox_counts(current_user)
    )
