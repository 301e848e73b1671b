"""The home page: search first, then guides by subject, then what people ask."""

from flask import Response
from flask_login import current_user

from app.articles.article import STAMP as ARTICLES
from app.articles.queries.library import library
from app.community.announcing import STAMP as COMMUNITY
from app.community.queries.lists import Tab, questions
from app.core.web.page_cache import public
from app.core.web.responses import page

QUESTIONS = 4
STARTS = 5
GUIDES_OF_A_SECTION = 3


def show_home() -> Response:
    """Where everybody begins."""
    shelves = library(current_user)
    answer = page(
        "portal/home.html",
        shelves=shelves,
        shown=GUIDES_OF_A_SECTION,
        starts=[shelf.articles[0] for shelf in shelves[:STARTS]],
        questions=questions(Tab.NEWEST, user=current_user, count=QUESTIONS).items,
    )
    return public(answer, stamps=(ARTICLES, COMMUNITY))
