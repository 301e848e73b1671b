"""What writers should mend, each with one click to where."""

from flask import Response, request
from flask_login import current_user

from app.articles.quality.finding import Kind
from app.articles.quality.outward.checking import last_check, under_way
from app.articles.quality.outward.ordering import ask_for_check
from app.articles.quality.overview import overview
from app.core.errors import InvalidTransition
from app.core.web.responses import moved_to, page, say
from app.search.misses.noting import forget_miss


def show_quality() -> Response:
    """All kinds of findings, a few of each; or one kind."""
    wanted = request.args.get("kind", "")
    only = Kind(wanted) if wanted in set(Kind) else None
    found = overview(only)
    return page(
        "articles/quality.html",
        found=found,
        shown=[each for each in found if each.kind is only] if only else found,
        only=only,
        check=last_check(),
        running=under_way(),
    )


def create_link_check() -> Response:
    """Have all links to the web looked at."""
    try:
        ask_for_check(by=current_user)
        say("All links to the web will be looked at. This takes some minutes.")
    except InvalidTransition as fault:
        say(fault.message)
    return moved_to("content.show_quality", kind=Kind.WEB.value)


def create_dismissal() -> Response:
    """Forget words that found nothing: nobody needs to write about them."""
    forget_miss(request.form.get("words", "")[:100])
    say("Taken off the list.")
    return moved_to("content.show_quality", kind=Kind.SEARCHES.value)
