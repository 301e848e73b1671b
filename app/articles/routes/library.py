"""Looking through the library."""

from flask import Response
from flask_login import current_user

from app.articles.access import section_or_404
from app.articles.article import STAMP
from app.articles.queries.library import in_section
from app.core.web.page_cache import public
from app.core.web.responses import page


def show_section(slug: str) -> Response:
    """The articles of a section."""
    section = section_or_404(slug, current_user)
    articles = in_section(section.path, current_user)
    answer = page("articles/section.html", section=section, articles=articles)
    return public(answer, stamps=(STAMP,))
