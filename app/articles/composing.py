"""Making a text ready that was written in the app: with the defaults of its section, its links followed."""

import posixpath

from sqlalchemy import select

from app.articles.article import Article, Section, Status
from app.articles.content_file import ContentFile, FileState
from app.articles.files.fault import Faulty
from app.articles.files.fields import Fields, read_fields
from app.articles.files.folder import Folder
from app.articles.files.manuscript import Manuscript
from app.articles.languages import place
from app.articles.linking import Links, is_local, targets
from app.articles.preparing import Prepared, prepare
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.settings import settings


def compose(id: str, manuscript: Manuscript, *, path: str) -> Prepared:
    """The text as readers will see it, if its file lies at this path.

    Raises InvalidInput (field: the key, or none) for a text that no file could hold, or an address
    that another article has.
    """
    folder = _folder_of(path)
    try:
        manuscript = _with_id(Manuscript.of(manuscript.text), id)
        fields, _ = read_fields(manuscript, folder, path=path, zone=settings().zone)
    except Faulty as fault:
        raise InvalidInput(" ".join(each.sentence for each in fault.faults)) from fault
    _refuse_taken_address(id, fields)
    paths = _paths_in(manuscript.text, posixpath.dirname(path))
    places = {
        row.path: place(row.slug, row.lang)
        for row in db.session.execute(_PLACES.where(ContentFile.path.in_(paths)))
    }
    return prepare(id, manuscript, fields, folder, Links(path, places=places, files=places))


def path_of(article: Article) -> str:
    """Where its file lies, or would."""
    known = select(ContentFile.path).where(ContentFile.article_id == article.id)
    return db.session.scalar(known) or place_in(article.section_path, article.slug)


def place_in(section: str, slug: str) -> str:
    """Where the file of a new article would lie."""
    return f"{section}/{slug}.md".lstrip("/")


def _with_id(manuscript: Manuscript, id: str) -> Manuscript:
    return manuscript if manuscript.front.get("id") == id else manuscript.setting({"id": id})


_PLACES = (
    select(ContentFile.path, Article.slug, Article.lang)
    .join(Article, Article.id == ContentFile.article_id)
    .where(ContentFile.state != FileState.MISSING)
)


def _paths_in(text: str, folder: str) -> set[str]:
    """The paths of the files that a text may link to."""
    local = (target.partition("#")[0] for target, _ in targets(text) if is_local(target))
    return {posixpath.normpath(posixpath.join(folder, each)) for each in local}


def _folder_of(path: str) -> Folder:
    section = db.session.get(Section, posixpath.dirname(path))
    if section is None:
        return Folder(posixpath.dirname(path), "")
    return Folder(
        section.path,
        section.title,
        visibility=section.visibility,
        lang=section.lang,
        owner=section.owner or None,
        category=section.category or None,
    )


def _refuse_taken_address(id: str, fields: Fields) -> None:
    holder = select(Article.title).where(
        Article.slug == fields.slug,
        Article.lang == fields.lang,
        Article.id != id,
        Article.status != Status.ARCHIVED,
        Article.deleted_at.is_(None),
    )
    title = db.session.scalar(holder)
    if title is not None and fields.status is not Status.ARCHIVED:
        raise InvalidInput(f'The address "{fields.slug}" is that of "{title}".', field="slug")
