"""The front door of the knowledge base."""

from flask import Blueprint

from app.accounts.needs import anyone
from app.articles.routes import articles, library
from app.core.web.routing import get

bp = Blueprint("articles", __name__, url_prefix="/help", template_folder="templates")

get(bp, "/sections/<slug>", library.show_section, needs=anyone)
get(bp, "/<slug>", articles.show_article, needs=anyone)
get(bp, "/<path:old_path>", articles.show_moved, needs=anyone)
