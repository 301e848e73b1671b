"""Reading an article."""

from flask import Response, make_response, redirect
from flask_login import current_user

from app.articles.access import ShownArticle, article_or_404, moved_or_404
from app.articles.article import STAMP
from app.articles.feedback.forms import REASONS
from app.articles.feedback.queries import tally_of
from app.articles.for_machines.linked_data import linked_data
from app.articles.languages import site_language
from app.articles.queries.library import in_section
from app.articles.queries.neighbours import Neighbours
from app.articles.related.queries import related_to
from app.articles.translations.queries import languages_of
from app.core.errors import NotFound
from app.core.web.page_cache import public
from app.core.web.responses import page


def show_article(slug: str) -> Response:
    """The article in the language of the site, between its neighbours and its contents."""
    try:
        article = article_or_404(slug, current_user, lang=site_language())
    except NotFound:
        return show_moved(slug)
    return page_of(article)


def show_translation(lang: str, slug: str) -> Response:
    """The article in another language; in the site's it stands at the shorter address."""
    own = lang == site_language()
    try:
        article = article_or_404(slug, current_user, lang=lang)
    except NotFound:
        return show_moved(slug if own else f"{lang}/{slug}")
    return moved_for_good(article.url) if own else page_of(article)


def show_moved(old_path: str) -> Response:
    """On to where the article stands that was here once, for good."""
    return moved_for_good(moved_or_404(old_path, current_user))


def moved_for_good(url: str) -> Response:
    """On to another address, for good."""
    return public(make_response(redirect(url, code=301)), stamps=(STAMP,))


def page_of(article: ShownArticle) -> Response:
    """Its page, for whoever asks."""
    user = current_user._get_current_object()  # a proxy looks for the person at every touch
    listed = in_section(article.section.path, user, lang=article.lang)
    answer = page(
        "articles/article.html",
        article=article,
        neighbours=Neighbours.of(article.url, listed),
        languages=languages_of(article, user),
        related=related_to(article, user),
        tally=tally_of(article.id),
        reasons=REASONS,
        linked_data=linked_data(article),
    )
    return public(known_to(article, answer), stamps=(STAMP,))


def known_to(article: ShownArticle, answer: Response) -> Response:
    """Let search engines know only what everybody may read."""
    if not article.is_public:
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer
