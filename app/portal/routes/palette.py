"""The palette: jumping anywhere by a few letters."""

from flask import Response
from flask_login import current_user

from app.core.web import arguments
from app.core.web.responses import page
from app.portal.queries import goals
from app.search.asked import LONGEST


def show_palette() -> Response:
    """What the letters lead to, as links: the palette puts it below the actions of the page."""
    text = arguments.text("q", longest=LONGEST)
    user = current_user._get_current_object()
    return page("portal/_palette.html", text=text, groups=goals(text, user))
