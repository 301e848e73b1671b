"""Articles that are due for a look, and saying that one is still right."""

from flask import Response, request, url_for
from flask_login import current_user

from app.articles.article import Article
from app.articles.reviewing import access, confirming
from app.articles.reviewing.due import due
from app.articles.revisions.access import any_article_or_404
from app.core import clock
from app.core.web.responses import moved_to_path, page, say


def list_due() -> Response:
    """All that are due, or those of one's own."""
    mine = request.args.get("whose") == "mine"
    found = due(clock.now(), owner_id=current_user.id if mine else None)
    return page("articles/reviewing/due.html", articles=found, mine=mine)


def create_confirmation(id: str) -> Response:
    """It is still right."""
    article = access.to_confirm(any_article_or_404(id), current_user)
    confirming.confirm(article, by=current_user)
    say(f"Noted: “{article.title}” is still right.")
    return moved_to_path(_back(article))


def _back(article: Article) -> str:
    """Where it was said."""
    match request.form.get("back"):
        case "due":
            return url_for("content.list_due")
        case "quality":
            return url_for("content.show_quality", kind="stale")
        case "article":
            return article.url
    return url_for("content.show_history", id=article.id)
