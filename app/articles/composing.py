"""Making a text ready that was written in the app: with the defaults of its section, its links followed."""

import posixpath
import re
from urllib.parse import unquote

from sqlalchemy import select

from app.articles.article import Article, Section, Status
from app.articles.assets.known import PREFIX, KnownImage, known_as, known_at
from app.articles.content_file import ContentFile, FileState
from app.articles.files.fault import Faulty
from app.articles.files.fields import Fields, read_fields
from app.articles.files.folder import Folder
from app.articles.files.manuscript import Manuscript
from app.articles.languages import place
from app.articles.linking import ASSETS, Links, ids_in, is_local, local_path, targets
from app.articles.pointers import refuse_unknown
from app.articles.preparing import Prepared, prepare
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.settings import settings


def compose(id: str, manuscript: Manuscript, *, path: str) -> Prepared:
    """The text as readers will see it, if its file lies at this path.

    Raises InvalidInput (field: the key, or none) for a text that no file could hold, or an address
    that another article has; for relatives, originals and old addresses that lead nowhere.
    """
    folder = folder_of(path)
    try:
        manuscript = _with_id(Manuscript.of(manuscript.text), id)
        fields, _ = read_fields(manuscript, folder, path=path, zone=settings().zone)
    except Faulty as fault:
        raise InvalidInput(" ".join(each.sentence for each in fault.faults)) from fault
    refuse_taken_address(id, fields)
    refuse_unknown(fields, id=id)
    return prepare(id, manuscript, fields, folder, links_of(manuscript.text, path=path))


def links_of(text: str, *, path: str) -> Links:
    """Where the links of a text lead, if its file lies at this path."""
    paths = _paths_in(text, posixpath.dirname(path))
    by_path = _PLACES.where(ContentFile.path.in_(paths))
    places = {row.path: place(row.slug, row.lang) for row in db.session.execute(by_path)}
    by_id = select(Article.id, Article.slug, Article.lang).where(Article.id.in_(ids_in(text)))
    return Links(
        path,
        places=places,
        files=places,
        assets=_assets_in(text, paths),
        images=known_as({found[1] for found in _IMAGE.finditer(text)}),
        ids={row.id: place(row.slug, row.lang) for row in db.session.execute(by_id)},
    )


def path_of(article: Article) -> str:
    """Where its file lies, or would."""
    known = select(ContentFile.path).where(ContentFile.article_id == article.id)
    return db.session.scalar(known) or place_in(article.section_path, article.slug)


def place_in(section: str, slug: str) -> str:
    """Where the file of a new article would lie."""
    return f"{section}/{slug}.md".lstrip("/")


def folder_of(path: str) -> Folder:
    """What the section in which the file lies, or would, says for it."""
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
        review_every=section.review_every or None,
    )


def refuse_taken_address(id: str, wanted: Fields | Article) -> None:
    """Raise InvalidInput (field `slug`) for an address that another article has."""
    holder = select(Article.title).where(
        Article.slug == wanted.slug,
        Article.lang == wanted.lang,
        Article.id != id,
        Article.status != Status.ARCHIVED,
        Article.deleted_at.is_(None),
    )
    title = db.session.scalar(holder)
    if title is not None and wanted.status is not Status.ARCHIVED:
        raise InvalidInput(f'The address "{wanted.slug}" is that of "{title}".', field="slug")


def _with_id(manuscript: Manuscript, id: str) -> Manuscript:
    return manuscript if manuscript.front.get("id") == id else manuscript.setting({"id": id})


_IMAGE = re.compile(rf"{PREFIX}([0-9a-f]{{64}})/")
_ASSET = re.compile(rf"{ASSETS}([^\s)>\"'#?]+)")
_PLACES = (
    select(ContentFile.path, Article.slug, Article.lang)
    .join(Article, Article.id == ContentFile.article_id)
    .where(ContentFile.state != FileState.MISSING)
)


def _paths_in(text: str, folder: str) -> set[str]:
    """The paths of the files that a text may link to."""
    return {local_path(folder, target) for target, _ in targets(text) if is_local(target)}


def _assets_in(text: str, paths: set[str]) -> dict[str, KnownImage | None]:
    """The images that a text may show, by path as `Links` has them."""
    named = {f"../assets/{unquote(path)}" for path in _ASSET.findall(text)}
    below = {each.removeprefix("../assets/") for each in paths | named if each.startswith("../")}
    return {f"../assets/{path}": image for path, image in known_at(below).items()}
