"""The front doors of the knowledge base: for readers, and for those who look after its files."""

from flask import Blueprint

from app.accounts.needs import anyone, may
from app.accounts.permissions import Permission
from app.articles.routes import articles, content, images, library, quality, quarantine
from app.core.web.routing import get, post

bp = Blueprint("articles", __name__, url_prefix="/help", template_folder="templates")

get(bp, "/sections/<slug>", library.show_section, needs=anyone)
get(bp, "/<slug>", articles.show_article, needs=anyone)
get(bp, "/<path:old_path>", articles.show_moved, needs=anyone)

desk = Blueprint("content", __name__, url_prefix="/content")

READ = may(Permission.ARTICLES_READ_INTERNAL)
DRAFT = may(Permission.ARTICLES_DRAFT)
WRITE = may(Permission.ARTICLES_WRITE)

get(desk, "", content.show_content, needs=READ)
get(desk, "/conflicts/<id>", content.show_conflict, needs=READ)
post(desk, "/conflicts/<id>/resolutions", content.create_resolution, needs=WRITE)
get(desk, "/quarantine", quarantine.list_quarantine, needs=READ)
get(desk, "/quarantine/<sha>", quarantine.show_quarantined, needs=READ)
post(desk, "/quarantine/<sha>/restorations", quarantine.restore_quarantined, needs=WRITE)
get(desk, "/quality", quality.show_quality, needs=DRAFT)
post(desk, "/quality/link-checks", quality.create_link_check, needs=DRAFT)
post(desk, "/quality/searches/dismissals", quality.create_dismissal, needs=DRAFT)
post(desk, "/images", images.create_image, needs=DRAFT)

media = Blueprint("media", __name__, url_prefix="/media")

get(media, "/<sha256>/<name>", images.show_image, needs=anyone)
