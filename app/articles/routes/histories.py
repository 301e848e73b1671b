"""The history of an article: its versions, one of them, and what differs between two."""

from flask import Response, make_response, request, url_for
from flask_login import current_user

from app.accounts import people
from app.articles import history
from app.articles.article import Article
from app.articles.forms import RestorationForm
from app.articles.reviewing.access import may_confirm
from app.articles.reviewing.due import due_at
from app.articles.revision import Revision
from app.articles.revisions import queries
from app.articles.revisions.access import (
    any_article_or_404,
    may_restore,
    revision_or_404,
    side_or_404,
)
from app.articles.revisions.comparing import Side, compare
from app.articles.revisions.restoring import restore
from app.articles.revisions.showing import as_readers_see
from app.articles.syncing import root_of
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web import arguments
from app.core.web.responses import invalid, moved_to, page, say


def show_history(id: str) -> Response:
    """All versions, the newest first."""
    article = any_article_or_404(id)
    after = arguments.text("after", longest=100)
    return page(
        "articles/revisions/history.html",
        article=article,
        versions=queries.versions(article, after=after),
        continued=bool(after),
        path=history.path_of_file(article),
        names=people.names_of(
            {each for each in (article.owner_id, article.reviewed_by_id) if each}
        ),
        due_at=due_at(article),
        may_confirm=may_confirm(current_user, article),
    )


def show_revision(id: str, revision_id: int) -> Response:
    """A version as readers would see it, or as its text."""
    article = any_article_or_404(id)
    return _revision_page(article, revision_or_404(article, revision_id), RestorationForm())


def download_revision(id: str, revision_id: int) -> Response:
    """A version as a file."""
    article = any_article_or_404(id)
    revision = revision_or_404(article, revision_id)
    answer = make_response(revision.manuscript.text)
    name = f"{article.slug}-version-{history.number_of(revision)}.md"
    answer.headers["Content-Type"] = "text/markdown; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def show_comparison(id: str) -> Response:
    """What differs between two versions; without names, what the live one changed."""
    article = any_article_or_404(id)
    old, new = _named(article)
    by_word = request.args.get("by") != "line"
    return page(
        "articles/revisions/comparison.html",
        article=article,
        comparison=compare(old, new, by_word=by_word),
        beside=request.args.get("view") == "side",
        by_word=by_word,
        versions=queries.latest(article),
        has_file=history.path_of_file(article) is not None,
        may_restore=may_restore(current_user, article),
    )


def create_restoration(id: str) -> Response:
    """Let the words of a version be the article's again."""
    article = any_article_or_404(id)
    form = RestorationForm(request.form)
    revision = revision_or_404(article, form.revision.data or 0)
    before = article.live_revision_id
    if form.validate() and (made := _restored(article, revision, form)):
        say("Taken back. If that was wrong, take back the version it replaced.")
        return moved_to("content.show_comparison", id=id, **{"from": before, "to": made.id})
    return _revision_page(article, revision, form)


def _restored(article: Article, revision: Revision, form: RestorationForm) -> Revision | None:
    try:
        return restore(
            article, revision, over=form.live.data, by=current_user, note=form.note.data or ""
        )
    except InvalidInput as fault:
        form.refuse(InvalidInput(fault.message))
        return None


def _named(article: Article) -> tuple[Side, Side]:
    root = root_of(settings())
    to = request.args.get("to", "live")
    new = side_or_404(article, to, root=root)
    parent = new.revision.parent_id if new.revision else article.live_revision_id
    default = str(parent or (new.revision.id if new.revision else "live"))
    return side_or_404(article, request.args.get("from", default), root=root), new


def _revision_page(article: Article, revision: Revision, form: RestorationForm) -> Response:
    as_text = request.args.get("as") == "text"
    show = invalid if form.errors else page
    return show(
        "articles/revisions/revision.html",
        article=article,
        revision=revision,
        number=history.number_of(revision),
        by=revision.by,
        came=queries.SOURCES[revision.source],
        shown=None if as_text else as_readers_see(article, revision),
        as_text=as_text,
        form=form,
        may_restore=may_restore(current_user, article),
        here=url_for("content.show_revision", id=article.id, revision_id=revision.id),
    )
