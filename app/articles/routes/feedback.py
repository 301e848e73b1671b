"""Whether an article helped: voting on it, and what was said, for staff."""

from flask import Response, request
from flask_login import current_user

from app.articles.access import article_of_staff_or_404, readable_or_404, shown_or_404
from app.articles.article import STAMP
from app.articles.feedback import queries, visitors, voting
from app.articles.feedback.forms import REASONS, VoteForm
from app.core.web import arguments
from app.core.web.nonsense import LARGEST_ID
from app.core.web.page_cache import public
from app.core.web.responses import invalid, moved_to, page
from app.core.web.throttling import throttle_machine

PER_HOUR = 60


def create_vote(id: str) -> Response:
    """Say whether it helped; whoever votes again has changed their mind."""
    article = readable_or_404(id, current_user)
    throttle_machine("vote on an article", limit=PER_HOUR, per_s=3600)
    form = VoteForm(request.form)
    if not form.validate():
        shown = shown_or_404(id, current_user)
        return invalid("articles/vote.html", article=shown, form=form, reasons=REASONS)
    token = visitors.reader_token()
    voting.vote(
        article,
        form.opinion,
        visitor=visitors.visitor_key(token, id),
        by=current_user._get_current_object() if current_user.is_authenticated else None,
    )
    return visitors.remember(moved_to("articles.show_thanks", id=id), token)


def show_thanks(id: str) -> Response:
    """Thank whoever voted, and show the way on; a part of the page where one was asked for."""
    article = shown_or_404(id, current_user)
    part = "articles/_thanks.html" if "HX-Request" in request.headers else "articles/thanks.html"
    return public(page(part, article=article), stamps=(STAMP,))


def list_feedback(id: str) -> Response:
    """What readers said of an article, text by text and word by word."""
    article = article_of_staff_or_404(id)
    before = arguments.integer("before", default=LARGEST_ID, at_least=0, at_most=LARGEST_ID)
    return page(
        "articles/feedback.html",
        article=article,
        tally=queries.tally_of(id),
        versions=queries.by_version(id),
        said=queries.said_of(id, before=before),
    )
