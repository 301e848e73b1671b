"""Writing articles: the list of all of them, the editor, saving."""

from typing import Any

from flask import Response, request
from flask_login import current_user

from app.accounts.people import names_with
from app.accounts.permissions import Permission
from app.articles import editing
from app.articles.article import Article, Status
from app.articles.images.storing import keep
from app.articles.routes.images import AN_HOUR
from app.articles.routes.reviews import proposal_of
from app.articles.writing import drafting, listing, saving, starting
from app.articles.writing.access import Act, article_or_404, can
from app.articles.writing.desk import Desk, desk_of, new_desk, owners
from app.articles.writing.forms import AUDIENCES, STATUSES, ArticleForm
from app.articles.writing.listing import View, Wanted
from app.articles.writing.previewing import preview
from app.articles.writing.saving import Overtaken
from app.core import clock
from app.core.errors import InvalidInput, Refusal
from app.core.settings import settings
from app.core.web import arguments
from app.core.web.filters import moment
from app.core.web.nonsense import LARGEST_ID
from app.core.web.responses import invalid, moved_to, page, say
from app.core.web.throttling import throttle

STATUS_OF = {
    "publish": Status.PUBLISHED,
    "archive": Status.ARCHIVED,
    "withdraw": Status.DRAFT,
}
SAID = {
    Status.DRAFT: "Saved. Only staff see it.",
    Status.REVIEW: "Saved. It waits for a review.",
    Status.ARCHIVED: "Archived. Readers no longer find it; put it back here whenever you like.",
}


def list_articles() -> Response:
    """All articles, for those who write them."""
    wanted = Wanted(
        view=arguments.choice("view", View.ALL),
        folder=arguments.text("folder", longest=300) if "folder" in request.args else None,
        owner=arguments.integer("owner", default=0, at_least=0, at_most=LARGEST_ID) or None,
        tag=arguments.text("tag", longest=80),
        words=arguments.text("q", longest=200),
    )
    after = arguments.text("after", longest=200)
    return page(
        "articles/writing/list.html",
        wanted=wanted,
        found=listing.articles(wanted, user=current_user, after=after),
        begun=[each for each in drafting.drafts_of(current_user) if each.article_id is None],
        owners=names_with(Permission.ARTICLES_DRAFT),
        tags=listing.tags(),
        audiences=AUDIENCES,
        **around(),
    )


def new_article() -> Response:
    """The editor, empty or as a template fills it; or with what was begun."""
    editing.refuse_if_files_win()
    desk = new_desk(
        key=arguments.text("draft", longest=40),
        template=arguments.text("template", longest=13),
        folder=arguments.text("folder", longest=300),
        title=arguments.text("title", longest=200),
        user=current_user,
    )
    return page("articles/writing/edit.html", **_editor(desk))


def create_article() -> Response:
    """Save a new one."""
    form = ArticleForm()
    if form.validate():
        try:
            article = saving.create(_wished(form), by=current_user)
            drafting.discard_draft(form.key.data, by=current_user)
            return _saved(article)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("articles/writing/edit.html", **_editor(_desk(None, form), form))


def edit_article(id: str) -> Response:
    """The editor with an article in it, and what this person has begun to change."""
    article = article_or_404(id)
    if article.deleted_at is not None:
        return moved_to("content.show_deletion", id=article.id)
    editing.refuse_if_files_win()
    return page("articles/writing/edit.html", **_editor(desk_of(article, user=current_user)))


def save_article(id: str) -> Response:
    """Save it, with what others have saved meanwhile."""
    article, form = article_or_404(id), ArticleForm()
    if form.validate():
        try:
            if form.do.data == "propose":
                text = saving.written(article, form.said, base=form.base.data).text
                return proposal_of(article, text, base=form.base.data)
            saved = saving.save(
                article,
                _wished(form),
                base=form.base.data,
                by=current_user,
                note=form.note.data or "",
            )
            drafting.discard_draft(article.id, by=current_user)
            return _saved(saved.article, with_others=saved.with_others)
        except InvalidInput as fault:
            form.refuse(fault)
        except Overtaken as both:
            return _show_both(article, both)
        except Refusal as fault:  # somebody published, archived or deleted it meanwhile
            form.refuse(InvalidInput(fault.message))
            answer = page("articles/writing/edit.html", **_editor(_desk(article, form), form))
            answer.status_code = fault.status
            return answer
    return invalid("articles/writing/edit.html", **_editor(_desk(article, form), form))


def add_pictures() -> Response:
    """The editor with pictures at the end of its text; nothing is saved yet.  For whoever has no script."""
    throttle("images", str(current_user.id), limit=AN_HOUR, per_s=3600)
    form = ArticleForm()
    article = article_or_404(form.article.data) if form.article.data else None
    sent = [each for each in request.files.getlist("pictures") if each.filename]
    try:
        for each in sent:
            kept = keep(each.read(), each.filename or "", by=current_user)
            form.body.data = f"{(form.body.data or '').rstrip()}\n\n{kept.markdown}\n".lstrip()
    except InvalidInput as fault:
        form.refuse(InvalidInput(fault.message, field="body"))
        return invalid("articles/writing/edit.html", **_editor(_desk(article, form), form))
    return page("articles/writing/edit.html", **_editor(_desk(article, form), form))


def around() -> dict[str, Any]:
    """What every page of writers shows beside it."""
    return {
        "counts": listing.counts(current_user),
        "folders": listing.folders(),
    }


def _editor(desk: Desk, form: ArticleForm | None = None) -> dict[str, Any]:
    said = desk.said
    form = form or ArticleForm(formdata=None, data=said | {"faq": bool(said["faq"])})
    return {
        "desk": desk,
        "form": form,
        "shown": preview(said, article=desk.article, base=desk.base),
        "stands": listing.standing_of(desk.article) if desk.article else "",
        "may_save": can(Act.SAVE, current_user, desk.article),
        "may_publish": can(Act.PUBLISH, current_user, desk.article),
        "owners": owners(),
        "templates": starting.templates() if desk.article is None else (),
        "statuses": STATUSES,
        "audiences": AUDIENCES,
        "zone": settings().reporting_zone,
        "both": None,
        **around(),
    }


def _desk(article: Article | None, form: ArticleForm) -> Desk:
    """The desk as the form left it."""
    base = form.base.data if article else None
    if article is not None and not saving.is_base(article, base):
        base = article.live_revision_id
    return Desk(article, form.key.data or drafting.new_key(), base, form.said)


def _wished(form: ArticleForm) -> dict[str, str]:
    """What the form says, with the status that the button asks for."""
    status = STATUS_OF.get(form.do.data)
    return form.said | ({"status": status.value} if status else {})


def _saved(article: Article, *, with_others: bool = False) -> Response:
    say(_sentence(article) + (" What was saved meanwhile is in it, too." if with_others else ""))
    return moved_to("content.edit_article", id=article.id)


def _sentence(article: Article) -> str:
    if article.status is not Status.PUBLISHED:
        return SAID[article.status]
    if article.publish_at is not None and article.publish_at > clock.now():
        return f"Saved. Readers see it from {moment(article.publish_at)} on."
    return (
        "Published."
        if article.shown
        else "Saved. Readers do not see it any more: its time is over."
    )


def _show_both(article: Article, both: Overtaken) -> Response:
    """Both texts in one form: nothing was saved, and nothing is lost."""
    desk = Desk(article, article.id, both.base, both.said)
    answer = page("articles/writing/edit.html", **(_editor(desk) | {"both": both}))
    answer.status_code = 409
    return answer
