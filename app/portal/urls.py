"""The front door of the house."""

from flask import Blueprint

from app.accounts.needs import anyone, may, sign_in
from app.accounts.permissions import Permission
from app.core.web.routing import get, post
from app.portal.routes import home, insertions, misses, palette, previews, releases, results

bp = Blueprint("portal", __name__, template_folder="templates")

get(bp, "/", home.show_home, needs=anyone)
get(bp, "/changelog", releases.list_releases, needs=anyone)
get(bp, "/changelog.atom", releases.show_feed, needs=anyone)
get(bp, "/palette", palette.show_palette, needs=sign_in)
post(bp, "/previews", previews.show_preview, needs=anyone)
get(bp, "/search", results.show_results, needs=may(Permission.SEARCH))
post(bp, "/search/misses", misses.create_miss, needs=may(Permission.SEARCH))

NOTE = may(Permission.TICKETS_NOTE)

get(bp, "/tickets/<int:number>/insertions", insertions.list_insertions, needs=NOTE)
get(bp, "/tickets/<int:number>/insertions/options", insertions.propose_insertions, needs=NOTE)
post(bp, "/tickets/<int:number>/insertions/search", insertions.begin_insertion, needs=NOTE)
post(bp, "/tickets/<int:number>/insertions", insertions.create_insertion, needs=NOTE)
