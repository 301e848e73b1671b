"""Files and articles: what is wrong, and what contradicts each other."""

from flask import Response, request
from flask_login import current_user

from app.articles import resolving
from app.articles.access import conflict_or_404
from app.articles.article import Article
from app.articles.forms import ResolutionForm
from app.articles.queries import content
from app.core.errors import InvalidInput
from app.core.web.responses import invalid, moved_to, page, say


def show_content() -> Response:
    """Conflicts, files with faults, and what the next sync will write."""
    return page("articles/content.html", overview=content.overview())


def show_conflict(id: str) -> Response:
    """Both texts of an article, and the ways to end their conflict."""
    found = content.two_texts(conflict_or_404(id))
    form = ResolutionForm(data={"text": found.both})
    return page("articles/conflict.html", conflict=found, form=form)


def create_resolution(id: str) -> Response:
    """End the conflict with one of the two texts, or with one made of both."""
    article = conflict_or_404(id)
    form = ResolutionForm(request.form)
    if form.validate() and _is_resolved(article, form):
        say("Resolved. The next sync brings the file level.")
        return moved_to("content.show_content")
    return invalid("articles/conflict.html", conflict=content.two_texts(article), form=form)


def _is_resolved(article: Article, form: ResolutionForm) -> bool:
    seen = (form.draft.data, form.live.data)
    try:
        match form.take.data:
            case "file":
                resolving.take_file(article, seen=seen, by=current_user)
            case "app":
                resolving.take_app(article, seen=seen, by=current_user)
            case _:
                resolving.take_merged(article, form.text.data or "", seen=seen, by=current_user)
    except InvalidInput as fault:
        form.refuse(fault)
        return False
    return True
