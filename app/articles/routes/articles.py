"""Reading an article."""

from flask import Response
from flask_login import current_user

from app.articles import queries
from app.articles.access import article_or_404
from app.articles.article import STAMP
from app.core.web.page_cache import public
from app.core.web.responses import page


def show_article(slug: str) -> Response:
    """The article between its neighbours and its contents."""
    article = article_or_404(slug, current_user)
    neighbours = queries.in_section(article.section.path, current_user)
    answer = page("articles/article.html", article=article, neighbours=neighbours)
    return public(answer, stamps=(STAMP,))
