"""What the fields of filters can be completed with."""

from flask import Response

from app.core.web import arguments
from app.core.web.responses import page
from app.metrics.naming import organisations_like, people_like

LONGEST = 100


def list_options() -> Response:
    """The organisations, or the people who answer tickets, whose name begins so, as options of a field."""
    if said := arguments.text("organisation", longest=LONGEST):
        return page("metrics/_options.html", options=organisations_like(said))
    said = arguments.text("assignee", longest=LONGEST) or arguments.text("agent", longest=LONGEST)
    return page("metrics/_options.html", options=people_like(said))
