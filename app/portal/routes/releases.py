"""Release notes, as a page and as a feed."""

from flask import Response, make_response, render_template

from app.core.web.page_cache import public
from app.core.web.responses import page
from app.portal.releases.notes import notes


def list_releases() -> Response:
    """Every version with what changed, the newest first."""
    return public(page("portal/releases.html", notes=notes()), stamps=())


def show_feed() -> Response:
    """The versions that are out, for feed readers (Atom, RFC 4287)."""
    out = [each for each in notes() if each.release.on]
    feed = render_template("portal/releases.xml", notes=out)
    kind = {"Content-Type": "application/atom+xml; charset=utf-8"}
    return public(make_response(feed, kind), stamps=())
