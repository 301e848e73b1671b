"""Giving an article another text: revisions are added, never changed; fields follow the text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.user import User
from app.articles.article import Article, Section, Status, Visibility
from app.articles.events import ArticleChanged
from app.articles.files.fields import Fields
from app.articles.files.manuscript import Manuscript
from app.articles.intervals import after
from app.articles.languages import place, site_language
from app.articles.links.noting import note_links
from app.articles.preparing import Prepared
from app.articles.redirect import Redirect
from app.articles.revision import Revision, RevisionSource
from app.core import clock
from app.core.db import add_unless_there, db
from app.core.events import publish
from app.core.slugs import slug


@dataclass(frozen=True)
class Origin:
    """Where a text comes from, and what is said about it."""

    source: RevisionSource
    author: str = ""
    note: str = ""
    other_parent_id: int | None = None
    git_commit: str = ""


def say(article: Article, prepared: Prepared, origin: Origin) -> Revision:
    """Make this the live text.  A text that is live already only gets its new HTML."""
    live = db.session.get(Revision, article.live_revision_id) if article.live_revision_id else None
    if live is not None and live.sha == prepared.manuscript.sha:
        show(article, prepared)
        return live
    revision = add(article, prepared.manuscript, origin)
    if live is None or (live.body_sha, live.front_json) != (revision.body_sha, revision.front_json):
        article.updated_at = clock.now()
    if live is None or live.body_sha != revision.body_sha:
        article.translated_from = None
    article.live_revision_id = revision.id
    show(article, prepared)
    return revision


def keep(article: Article, manuscript: Manuscript, origin: Origin) -> Revision:
    """Keep a text as a revision that nobody reads (yet), once however often it is seen."""
    db.session.flush()  # what is looked for may have been added just now
    seen = select(Revision).where(Revision.article_id == article.id, Revision.sha == manuscript.sha)
    return db.session.scalars(seen.limit(1)).first() or add(article, manuscript, origin)


def show(article: Article, prepared: Prepared) -> None:
    """Let fields and HTML be what was prepared, whatever the live text is."""
    revision = db.session.get_one(Revision, article.live_revision_id)
    revision.html, revision.headings = prepared.html, prepared.headings
    revision.made_from = prepared.made_from
    _follow(article, prepared.fields)
    note_links(article.id, prepared.links)
    for alias in prepared.fields.aliases:
        add_unless_there(Redirect, old_path=alias, article_id=article.id, created_at=clock.now())
    article.open_or_close(clock.now())
    if article.status is Status.PUBLISHED and article.published_at is None:
        article.published_at = clock.now()
    publish(ArticleChanged(article_id=article.id))


def new_article(id: str, fields: Fields, at: datetime) -> Article:
    """An article without a text."""
    article = Article(id=id, created_at=at, updated_at=at)
    _follow(article, fields)
    article.open_or_close(at)
    db.session.add(article)
    return article


def ensure_sections(paths: Iterable[str]) -> None:
    """Make the sections that are not there."""
    wanted = {
        "/".join(path.split("/")[: n + 1]) for path in paths for n in range(path.count("/") + 1)
    }
    known = {row.path: row.slug for row in db.session.execute(select(Section.path, Section.slug))}
    for path in sorted(wanted - set(known)):
        title = path.rpartition("/")[2] or "General"
        known[path] = free_slug(slug(path.replace("/", "-")) if path else "general", known.values())
        db.session.add(
            Section(
                path=path, slug=known[path], title=title, description="", position=1000,
                visibility=Visibility.AGENTS, lang=site_language(), owner="", category="",
                review_every="",
            )
        )  # fmt: skip
    db.session.flush()  # articles refer to the sections' paths


def free_slug(wanted: str, taken: Iterable[str]) -> str:
    """The wanted one, or with a number if others have it."""
    found, number, others = wanted, 2, set(taken)
    while found in others:
        found, number = f"{wanted[:75]}-{number}", number + 1
    return found


def add(article: Article, manuscript: Manuscript, origin: Origin) -> Revision:
    """Add a text to the article's revisions; none is live by that alone."""
    db.session.flush()  # the revision refers to the article
    revision = Revision(
        article_id=article.id,
        parent_id=article.live_revision_id,
        other_parent_id=origin.other_parent_id,
        html="",
        headings=[],
        made_from="",
        source=origin.source,
        author=origin.author,
        note=origin.note,
        git_commit=origin.git_commit,
    )
    revision.hold(manuscript)
    db.session.add(revision)
    db.session.flush()  # files and articles refer to it by its id
    return revision


def _follow(article: Article, fields: Fields) -> None:
    """The columns by which articles are found and listed."""
    if article.slug not in (None, article.id) and (article.slug, article.lang) != fields.address:
        redirect_from(place(article.slug, article.lang), article)
    article.slug, article.lang = fields.slug, fields.lang
    article.title, article.summary = fields.title, fields.summary
    if article.section_path != fields.category:
        ensure_sections([fields.category])
    article.section_path, article.position = fields.category, fields.position
    article.status, article.visibility = fields.status, fields.visibility
    article.tags = fields.tags
    article.publish_at, article.expires_at = fields.publish_at, fields.expires_at
    article.owner_id = _owner(fields.owner)
    every = fields.review_every
    article.review_due_at = after(article.checked_at, every) if every else None
    if article.translation_of != fields.translation_of:
        article.translation_of, article.translated_from = fields.translation_of, None
    article.faq = fields.faq


def redirect_from(old_path: str, article: Article) -> None:
    """Let an address that was the article's lead to it from now on."""
    db.session.merge(Redirect(old_path=old_path, article_id=article.id))


def _owner(email: str | None) -> int | None:
    if not email:
        return None
    return db.session.scalar(select(User.id).where(User.email == email.lower()))
