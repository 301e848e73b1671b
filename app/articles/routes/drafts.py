"""What somebody has begun to write in an article, kept while they write."""

from flask import Response, request
from flask_login import current_user

from app.articles.writing import drafting
from app.articles.writing.access import article_or_404
from app.articles.writing.forms import DraftForm
from app.articles.writing.saving import base_text
from app.core.errors import NotFound
from app.core.web.responses import moved_to, say


def keep_draft() -> Response:
    """Keep it: 204 for what keeps it by itself, and for who asked, a page that says so."""
    form = DraftForm()
    if not form.validate():
        return Response(status=422)
    article = article_or_404(form.article.data) if form.article.data else None
    key = article.id if article else form.key.data
    base = form.base.data or (article.live_revision_id if article else None)
    if article is not None:
        base_text(article, base)
    drafting.keep_draft(key, article=article, base=base, said=form.said, by=current_user)
    if "asked" not in request.form:
        return Response(status=204)
    say("Kept for you. Nobody else sees it.")
    return _back_to(key if article is None else "", article.id if article else "")


def discard_draft() -> Response:
    """Throw it away, and show what is saved."""
    form = DraftForm()
    key = form.key.data
    if not key:
        raise NotFound()
    drafting.discard_draft(key, by=current_user)
    say("Your draft is thrown away.")
    if form.article.data:
        return moved_to("content.edit_article", id=form.article.data)
    return moved_to("content.list_articles")


def _back_to(key: str, id: str) -> Response:
    if id:
        return moved_to("content.edit_article", id=id)
    return moved_to("content.new_article", draft=key)
