"""The page behind the bell."""

from flask import Response, request
from flask_login import current_user

from app.core.web import arguments
from app.core.web.responses import moved_to, page, say
from app.notifications import queries, reading
from app.notifications.matter import matter_named


def list_notices() -> Response:
    """What this person was told, unread first."""
    user = current_user._get_current_object()
    after = arguments.text("after", longest=100)
    return page(
        "notifications/list.html", page=queries.lines(user, after=after), continued=bool(after)
    )


def create_reading() -> Response:
    """What there is about one matter is seen."""
    matter = matter_named(request.form.get("about", ""))
    reading.read_matter(matter, by=current_user)
    return moved_to("notifications.list_notices")


def create_readings() -> Response:
    """Everything is seen."""
    reading.read_all(by=current_user)
    say("All read.")
    return moved_to("notifications.list_notices")
