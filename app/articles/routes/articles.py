"""Reading an article."""

from flask import Response, make_response, redirect, url_for
from flask_login import current_user

from app.articles.access import article_or_404, moved_or_404
from app.articles.article import STAMP
from app.articles.queries.library import in_section
from app.core.errors import NotFound
from app.core.web.page_cache import public
from app.core.web.responses import page


def show_article(slug: str) -> Response:
    """The article between its neighbours and its contents."""
    try:
        article = article_or_404(slug, current_user)
    except NotFound:
        return show_moved(slug)
    neighbours = in_section(article.section.path, current_user)
    answer = page("articles/article.html", article=article, neighbours=neighbours)
    return public(answer, stamps=(STAMP,))


def show_moved(old_path: str) -> Response:
    """On to where the article stands that was here once, for good."""
    slug = moved_or_404(old_path, current_user)
    return make_response(redirect(url_for("articles.show_article", slug=slug), code=301))
