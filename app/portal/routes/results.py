"""The results of a search."""

from enum import StrEnum

from flask import Response
from flask_login import current_user

from app.accounts.audiences import audiences_of
from app.accounts.permissions import Permission
from app.core.web import arguments
from app.core.web.responses import page
from app.search.asked import LONGEST
from app.search.query import LAST_PAGE, Order, find


class Where(StrEnum):
    """Which of the rooms is searched."""

    ALL = "all"
    ARTICLES = "articles"
    QUESTIONS = "questions"
    TICKETS = "tickets"


KINDS = {
    Where.ALL: ("article", "question", "ticket"),
    Where.ARTICLES: ("article",),
    Where.QUESTIONS: ("question",),
    Where.TICKETS: ("ticket",),
}


def show_results() -> Response:
    """What holds the words, or, where nothing does, the ways on."""
    text = arguments.text("q", longest=LONGEST)
    where = arguments.choice("in", Where.ALL)
    order = arguments.choice("sort", Order.RELEVANCE)
    number = arguments.integer("page", default=1, at_least=1, at_most=LAST_PAGE)
    found = find(
        text,
        viewer=current_user,
        audiences=audiences_of(current_user),
        kinds=KINDS[where],
        order=order,
        page=number,
    )
    return page(
        "portal/results.html",
        text=text,
        where=where,
        order=order,
        number=number,
        before=number - 1,
        found=found,
        places=_places(),
        Order=Order,
    )


def _places() -> dict[Where, str]:
    """Where this person may search, by the words of the page."""
    places = {Where.ALL: "Everything", Where.ARTICLES: "Guides", Where.QUESTIONS: "Community"}
    if current_user.may(Permission.TICKETS_READ):
        return places | {Where.TICKETS: "Tickets"}
    if current_user.may(Permission.TICKETS_OWN):
        return places | {Where.TICKETS: "My tickets"}
    return places
