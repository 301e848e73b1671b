"""Loading the files into the knowledge base, one way: files are read, never written."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select, update

from app.articles.article import STAMP, Article, Section, Status
from app.articles.claims import Address, Claim
from app.articles.events import ArticleChanged
from app.articles.files.folder import Folder
from app.articles.plan import Loaded, Plan, Prepared
from app.articles.revision import ContentFile, Revision, RevisionSource
from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.core.markdown import RENDERER_VERSION
from app.core.uow import verb
from app.core.web.page_cache import bump


@dataclass(frozen=True)
class Done:
    """How many articles a load has made, changed and withdrawn."""

    new: int
    changed: int
    withdrawn: int


def loaded_before() -> dict[str, Loaded]:
    """The files as they were loaded last, by path."""
    columns = (ContentFile, Article.id, Article.slug, Article.lang, Article.status)
    rows = db.session.execute(select(*columns).join(Article, Article.id == ContentFile.article_id))
    return {
        file.path: Loaded(Claim(id_, slug, lang, status), file.file_sha, file.made_from)
        for file, id_, slug, lang, status in rows
    }


def address_holders() -> dict[Address, str]:
    """Which article has which address."""
    in_use = select(Article.lang, Article.slug, Article.id).where(Article.status != Status.ARCHIVED)
    return {(lang, slug): id_ for lang, slug, id_ in db.session.execute(in_use)}


@verb
def load(plan: Plan) -> Done:
    """Store what the plan has prepared and withdraw what it found gone."""
    sections_changed = _store_sections(plan.folders)
    withdrawn = _withdraw(plan.gone)
    new = _store_articles(plan.prepared) if plan.prepared else 0
    if sections_changed or withdrawn or plan.prepared:
        bump(STAMP)
    for id_ in [*withdrawn, *(prepared.id for prepared in plan.prepared)]:
        publish(ArticleChanged(article_id=id_))
    return Done(new=new, changed=len(plan.prepared) - new, withdrawn=len(withdrawn))


def _store_sections(folders: list[Folder]) -> bool:
    known = {section.path: section for section in db.session.scalars(select(Section))}
    for folder in folders:
        if folder.broken and folder.path in known:
            continue
        section = known.get(folder.path) or Section(path=folder.path)
        db.session.add(section)
        section.slug, section.title = folder.slug, folder.title
        section.description, section.position = folder.description, folder.position
    changed = bool(db.session.new) or any(map(db.session.is_modified, known.values()))
    db.session.flush()  # articles refer to the sections' paths
    return changed


def _withdraw(ids: list[str]) -> list[str]:
    if not ids:
        return []
    db.session.execute(delete(ContentFile).where(ContentFile.article_id.in_(ids)))
    archived = (
        update(Article)
        .where(Article.id.in_(ids), Article.status != Status.ARCHIVED)
        .values(status=Status.ARCHIVED, updated_at=clock.now())
        .returning(Article.id)
    )
    return sorted(db.session.scalars(archived))


def _store_articles(prepared: list[Prepared]) -> int:
    ids = [each.id for each in prepared]
    known = {
        each.id: each for each in db.session.scalars(select(Article).where(Article.id.in_(ids)))
    }
    _let_go_of_addresses(known, prepared)
    for each in prepared:
        _store(known.get(each.id), each)
    _note_files(prepared)
    return len(set(ids) - set(known))


def _let_go_of_addresses(known: Mapping[str, Article], prepared: list[Prepared]) -> None:
    """Two articles may change places: each address is free before somebody takes it."""
    for each in prepared:
        article = known.get(each.id)
        if article and article.slug != each.fields.slug:
            article.slug = article.id
    db.session.flush()  # the database checks addresses statement by statement


def _store(article: Article | None, prepared: Prepared) -> None:
    fields, present = prepared.fields, clock.now()
    if article is None:
        article = Article(id=prepared.id, created_at=present)
        db.session.add(article)
    article.slug, article.lang = fields.slug, fields.lang
    article.title, article.summary = fields.title, fields.summary
    article.section_path, article.position = prepared.folder, fields.position
    article.status, article.visibility = fields.status, fields.visibility
    if fields.status is Status.PUBLISHED and article.published_at is None:
        article.published_at = present
    db.session.flush()  # the revision refers to the article
    _revise(article, prepared)


def _revise(article: Article, prepared: Prepared) -> None:
    """Add a revision, or, if the text is the same, keep the present one with its new HTML."""
    body_sha = hashlib.sha256(prepared.body.encode()).hexdigest()
    revision = (
        db.session.get(Revision, article.live_revision_id) if article.live_revision_id else None
    )
    if revision is None or (revision.body_sha, revision.front_json) != (body_sha, prepared.front):
        revision = Revision(
            article_id=article.id,
            front_json=prepared.front,
            body=prepared.body,
            body_sha=body_sha,
            source=RevisionSource.FILE,
            author="",
        )
        article.updated_at = clock.now()
        db.session.add(revision)
    revision.html = str(prepared.rendered.html)
    revision.headings = [asdict(heading) for heading in prepared.rendered.headings]
    revision.renderer_version = RENDERER_VERSION
    db.session.flush()  # the article needs the revision's id
    article.live_revision_id = revision.id


def _note_files(prepared: list[Prepared]) -> None:
    paths, ids = [each.path for each in prepared], [each.id for each in prepared]
    db.session.execute(delete(ContentFile).where(ContentFile.path.in_(paths)))
    db.session.execute(delete(ContentFile).where(ContentFile.article_id.in_(ids)))
    db.session.add_all(
        ContentFile(
            path=each.path, article_id=each.id, file_sha=each.file_sha, made_from=each.made_from
        )
        for each in prepared
    )
