"""How an article will look, and what is wrong with it, while it is written."""

from flask import Response, request

from app.articles.writing.access import article_or_404
from app.articles.writing.forms import DraftForm
from app.articles.writing.previewing import preview
from app.core.web.responses import invalid, page


def show_preview() -> Response:
    """The preview: a part of a page for the script beside the form, else a page of its own."""
    form = DraftForm()
    if not form.validate():
        return invalid("articles/writing/preview.html", shown=None, form=form)
    article = article_or_404(form.article.data) if form.article.data else None
    base = form.base.data or (article.live_revision_id if article else None)
    shown = preview(form.said, article=article, base=base)
    is_part = "HX-Request" in request.headers
    template = "articles/writing/_preview.html" if is_part else "articles/writing/preview.html"
    return page(template, shown=shown, form=form)
