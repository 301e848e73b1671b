"""Where people go once they are in."""

from urllib.parse import urlsplit

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException

from app.accounts.permissions import Permission
from app.accounts.user import User


def home_of(user: User) -> str:
    """The page on which this person's work begins."""
    if user.may(Permission.TICKETS_READ):
        return url_for("tickets.show_inbox")
    if user.may(Permission.PEOPLE_MANAGE):
        return url_for("ops.show_admin")
    return url_for("portal.show_home")


def local_path(address: str) -> str:
    """The address if it is a page of this desk, as `/path?query`; else nothing.

    Browsers read `//host`, `/\\host` and a tab or line end in between as another site.
    """
    if not address.startswith("/") or "\\" in address or not address.isprintable():
        return ""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or parts.path.startswith("//"):
        return ""
    try:
        current_app.url_map.bind("").match(parts.path, method="GET")
    except HTTPException:
        return ""
    return address
