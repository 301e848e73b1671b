"""The front doors of the knowledge base: for readers, and for those who look after its files."""

from flask import Blueprint

from app.accounts.needs import anyone, may
from app.accounts.permissions import Permission
from app.articles.routes import articles, content, feedback, library, quarantine
from app.articles.routes import machines as for_machines
from app.core.web.routing import get, post

bp = Blueprint("articles", __name__, url_prefix="/help", template_folder="templates")

get(bp, "/sections/<slug>", library.show_section, needs=anyone)
get(bp, "/feed.atom", for_machines.show_feed, needs=anyone)
get(bp, "/votes/<id>", feedback.show_thanks, needs=anyone)
post(bp, "/votes/<id>", feedback.create_vote, needs=anyone)
get(bp, "/<slug>.md", for_machines.show_markdown, needs=anyone)
get(bp, "/<lang>/<slug>.md", for_machines.show_markdown_in, needs=anyone)
get(bp, "/<slug>", articles.show_article, needs=anyone)
get(bp, "/<lang>/<slug>", articles.show_translation, needs=anyone)
get(bp, "/<path:old_path>", articles.show_moved, needs=anyone)

machines = Blueprint("machines", __name__, template_folder="templates")

get(machines, "/sitemap.xml", for_machines.show_sitemap, needs=anyone)
get(machines, "/sitemaps/<first>.xml", for_machines.show_sitemap_from, needs=anyone)
get(machines, "/robots.txt", for_machines.show_robots, needs=anyone)

desk = Blueprint("content", __name__, url_prefix="/content")

READ = may(Permission.ARTICLES_READ_INTERNAL)
WRITE = may(Permission.ARTICLES_WRITE)

get(desk, "", content.show_content, needs=READ)
get(desk, "/conflicts/<id>", content.show_conflict, needs=READ)
post(desk, "/conflicts/<id>/resolutions", content.create_resolution, needs=WRITE)
get(desk, "/articles/<id>/feedback", feedback.list_feedback, needs=READ)
get(desk, "/quarantine", quarantine.list_quarantine, needs=READ)
get(desk, "/quarantine/<sha>", quarantine.show_quarantined, needs=READ)
post(desk, "/quarantine/<sha>/restorations", quarantine.restore_quarantined, needs=WRITE)
