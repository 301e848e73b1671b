"""Articles for machines: the map of the site, the feed, and texts as they were written."""

from datetime import UTC, datetime

from flask import Response, make_response, render_template
from flask_login import current_user

from app.articles.access import article_or_404, moved_or_404
from app.articles.article import STAMP
from app.articles.for_machines import sitemap
from app.articles.for_machines.feed import lasting_id, latest
from app.articles.for_machines.plain_text import plain_text
from app.articles.languages import site_language
from app.articles.routes.articles import known_to, moved_for_good
from app.core.errors import NotFound
from app.core.settings import settings
from app.core.web.addresses import absolute
from app.core.web.page_cache import public

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed last that never held anything."""
MARKDOWN = "text/markdown; charset=utf-8"
XML = "application/xml"
ATOM = "application/atom+xml"


def show_markdown(slug: str) -> Response:
    """The text of an article as it was written."""
    return _markdown(slug, site_language())


def show_markdown_in(lang: str, slug: str) -> Response:
    """The same in another language; in the site's it stands at the shorter address."""
    if lang != site_language():
        return _markdown(slug, lang)
    try:
        return moved_for_good(f"{article_or_404(slug, current_user, lang=lang).url}.md")
    except NotFound:
        return _markdown(slug, lang)


def show_feed() -> Response:
    """What changed last, for feed readers."""
    entries = latest(current_user)
    feed = render_template(
        "articles/feed.xml",
        entries=entries,
        id=lasting_id("help/feed"),
        updated_at=entries[0].updated_at if entries else BEGINNING,
    )
    return public(_xml(feed, ATOM), stamps=(STAMP,))


def show_sitemap() -> Response:
    """Every public page of the library, or where the parts of a large map are."""
    parts = sitemap.parts()
    if len(parts) > 1:
        maps = [absolute("machines.show_sitemap_from", first=first) for first in parts]
        return _map("articles/sitemap_index.xml", maps=maps)
    doors = ("portal.show_home", "community.list_questions", "portal.list_releases")
    shelves = [absolute("articles.show_section", slug=slug) for slug in sitemap.sections()]
    fixed = [sitemap.Place(url, None) for url in (*map(absolute, doors), *shelves)]
    return _map("articles/sitemap.xml", places=[*fixed, *sitemap.articles_from()])


def show_sitemap_from(first: str) -> Response:
    """A part of a large map."""
    return _map("articles/sitemap.xml", places=sitemap.articles_from(first))


def show_robots() -> Response:
    """What crawlers are asked to leave alone, and where the map is."""
    text = render_template("articles/robots.txt", sitemap=absolute("machines.show_sitemap"))
    answer = make_response(text, {"Content-Type": "text/plain; charset=utf-8"})
    return public(answer, stamps=(STAMP,))


def _markdown(slug: str, lang: str) -> Response:
    try:
        article = article_or_404(slug, current_user, lang=lang)
    except NotFound:
        old = slug if lang == site_language() else f"{lang}/{slug}"
        return moved_for_good(f"{moved_or_404(old, current_user)}.md")
    answer = make_response(plain_text(article, current_user), {"Content-Type": MARKDOWN})
    answer.headers["Link"] = f'<{settings().public_url}{article.url}>; rel="canonical"'
    return public(known_to(article, answer), stamps=(STAMP,))


def _map(template: str, **context: object) -> Response:
    return public(_xml(render_template(template, **context), XML), stamps=(STAMP,))


def _xml(text: str, kind: str) -> Response:
    return make_response(text, {"Content-Type": f"{kind}; charset=utf-8"})
