"""Storing what a sync found: the database's half, in one transaction.  Files are written after it."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import delete, select

from app.articles.article import STAMP, Article, Section
from app.articles.deciding import Move
from app.articles.events import ArticleChanged, ConflictFound
from app.articles.files.fault import CODES
from app.articles.files.folder import Folder
from app.articles.known import Records
from app.articles.languages import place
from app.articles.noting import note_faults, note_steps
from app.articles.plan import Plan, Step
from app.articles.quarantined import Quarantined
from app.articles.revising import (
    Origin,
    ensure_sections,
    free_slug,
    keep,
    new_article,
    redirect_from,
    say,
    show,
)
from app.articles.revision import RevisionSource
from app.articles.tombstone import Tombstone
from app.articles.translations.tracing import trace
from app.core import clock
from app.core.db import add_unless_there, db
from app.core.events import publish
from app.core.uow import verb
from app.core.web.page_cache import bump

_FROM_FILE = Origin(RevisionSource.FILE)


@dataclass
class Stored:
    """What came of it."""

    counts: Counter[str] = field(default_factory=Counter)
    overtaken: list[str] = field(default_factory=list)
    """Ids of articles that were changed in the app meanwhile; the next sync looks at them."""
    live: dict[str, int] = field(default_factory=dict)
    """The revisions whose texts are to be written to files, by article."""


@verb
def store(
    plan: Plan, records: Records, *, data: Mapping[str, bytes], authors: Mapping[str, Origin]
) -> Stored:
    """Do the database's half of the plan.

    `data` holds the bytes of files that cannot be used or go, `authors` who wrote a file, by path.
    """
    done = Stored()
    changed = store_sections(plan.folders)
    ensure_sections({step.prepared.fields.category for step in plan.steps if step.prepared})
    quarantine(data, plan)
    articles = _locked([step.id for step in plan.steps])
    steps = [step for step in plan.steps if not _is_overtaken(step, articles.get(step.id), done)]
    _let_go_of_addresses(steps, articles)
    bases = {step.id: _store(step, articles.get(step.id), done, authors) for step in steps}
    note_steps(steps, bases, plan)
    note_faults(plan, records, but={step.path for step in steps})
    if any(step.prepared for step in steps):
        trace()
    if changed or not all(step.is_old_conflict for step in steps):
        bump(STAMP)
    return done


def quarantine(data: Mapping[str, bytes], plan: Plan) -> None:
    """Keep the bytes of files, each content once."""
    for path, content in data.items():
        codes = dict.fromkeys(fault.code for fault in plan.faults.get(path, ()) if fault.is_error)
        faults = [f"{CODES[code]} ({code})" for code in codes]
        add_unless_there(
            Quarantined,
            sha=quarantine_sha(content),
            path=path,
            data=content,
            reason=", ".join(faults) or "removed, because its article was",
            first_seen_at=clock.now(),
        )


def quarantine_sha(content: bytes) -> str:
    """What quarantined bytes are known by."""
    return hashlib.sha256(content).hexdigest()


def store_sections(folders: list[Folder]) -> bool:
    """Store sections as their folders describe them.  Gives whether any has changed."""
    known = {section.path: section for section in db.session.scalars(select(Section))}
    of_folders = {folder.path for folder in folders}
    taken = {section.slug for path, section in known.items() if path not in of_folders}
    for folder in folders:
        if folder.broken and folder.path in known:
            continue
        section = known.get(folder.path) or Section(path=folder.path)
        db.session.add(section)
        section.slug, section.title = free_slug(folder.slug, taken), folder.title
        section.description, section.position = folder.description, folder.position
        section.visibility, section.lang = folder.visibility, folder.lang
        section.owner, section.category = folder.owner or "", folder.category or ""
        section.review_every = folder.review_every or ""
    changed = bool(db.session.new) or any(map(db.session.is_modified, known.values()))
    db.session.flush()  # articles refer to the sections' paths
    return changed


def _locked(ids: list[str]) -> dict[str, Article]:
    if not ids:
        return {}
    rows = select(Article).where(Article.id.in_(ids)).with_for_update()
    found = db.session.scalars(rows, execution_options={"populate_existing": True})
    return {article.id: article for article in found}


def _is_overtaken(step: Step, article: Article | None, done: Stored) -> bool:
    """Whether somebody changed the article since the plan was made."""
    known = step.known
    if known is None:
        overtaken = article is not None
    else:
        overtaken = (
            article is None
            or article.live_revision_id != known.live_id
            or (article.deleted_at is not None) != known.in_trash
        )
    if overtaken:
        done.overtaken.append(step.id)
    return overtaken


def _let_go_of_addresses(steps: list[Step], articles: Mapping[str, Article]) -> None:
    """Two articles may change places: each address is free before somebody takes it."""
    for step in steps:
        article = articles.get(step.id)
        fields = step.prepared.fields if step.prepared else None
        if article and fields and (article.slug, article.lang) != fields.address:
            redirect_from(place(article.slug, article.lang), article)
            article.slug = article.id
        if article and step.move is Move.ARCHIVE and article.deleted_at is None:
            article.deleted_at = clock.now()
    db.session.flush()  # the database checks addresses statement by statement


def _store(
    step: Step, article: Article | None, done: Stored, authors: Mapping[str, Origin]
) -> int | None:
    """Do one step.  Gives the revision in which file and article are level then."""
    done.counts[step.what] += 1
    known_base = step.known.base_id if step.known else None
    if article is None and step.move is Move.REMOVE:
        return None
    article = article or _made(step)
    if step.move in (Move.ARCHIVE, Move.REMOVE):
        article.open_or_close(clock.now())
        publish(ArticleChanged(article_id=article.id))
        return known_base
    if step.conflicts:
        if not step.is_old_conflict:
            _note_conflict(step, article)
        return known_base
    article.deleted_at = article.draft_revision_id = None
    base = _say(step, article, authors.get(step.path, _FROM_FILE)) or known_base
    if step.writes is not None and article.live_revision_id:
        done.live[step.id] = article.live_revision_id
    return base


def _say(step: Step, article: Article, origin: Origin) -> int | None:
    """Let the article say what the step has prepared.  Gives the revision that the file holds now."""
    assert step.prepared  # every step but those that only take away has a text
    if step.move is Move.GIVE:
        show(article, step.prepared)
        return None
    if step.move in (Move.MERGE, Move.REVIVE) and step.file:
        held = keep(article, step.file, origin)
        merged = step.move is Move.MERGE
        source = RevisionSource.MERGE if merged else RevisionSource.FILE
        say(
            article,
            step.prepared,
            replace(origin, source=source, other_parent_id=held.id if merged else None),
        )
        return held.id
    return say(article, step.prepared, origin).id


def _made(step: Step) -> Article:
    assert step.prepared
    db.session.execute(delete(Tombstone).where(Tombstone.id == step.id))
    return new_article(step.id, step.prepared.fields, clock.now())


def _note_conflict(step: Step, article: Article) -> None:
    """Keep the file's text as a draft, and show the article to no more people than both texts do."""
    assert step.file and step.prepared
    draft = keep(article, step.file, _FROM_FILE)
    article.deleted_at = None
    show(article, step.prepared)
    if article.draft_revision_id != draft.id:
        article.draft_revision_id = draft.id
        publish(ConflictFound(article_id=article.id))
