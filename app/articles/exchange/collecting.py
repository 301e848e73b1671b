"""Collecting what an audience may take away: texts without anything that is not theirs, and pictures."""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import select

from app.articles.article import Article, Section, Visibility
from app.articles.assets.known import EXTENSIONS, PREFIX, known_as, known_at
from app.articles.composing import place_in
from app.articles.content_file import ContentFile
from app.articles.exchange.leaf import MEDIA, Leaf, Leaves, asset_of, leads_elsewhere
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Value
from app.articles.files.source_file import FOLDER_FILE, find
from app.articles.linking import ASSETS, targets
from app.articles.links.readers import for_readers, led
from app.articles.revision import Revision
from app.core import storage
from app.core.db import db

AUDIENCES = {
    "public": (Visibility.PUBLIC,),
    "signed_in": (Visibility.PUBLIC, Visibility.SIGNED_IN),
    "agents": tuple(Visibility),
}
"""Who may read what is exported, and what that is."""

_FOR_READERS = (
    *("id", "title", "slug", "summary", "lang", "translation_of", "category", "status"),
    *("visibility", "tags", "aliases", "related", "synonyms", "faq", "order"),
)
"""The keys that readers see the effect of; owners, sources and remarks are ours."""

_FOLDER_FOR_READERS = ("title", "description", "order", "visibility", "lang", "category")
_MEDIA = re.compile(rf"{MEDIA}(?P<sha>[0-9a-f]{{64}})\.(?P<end>[a-z]+)")


@dataclass
class Collection:
    """All that an audience may take away, in order."""

    leaves: list[Leaf] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    folders: dict[str, bytes] = field(default_factory=dict)
    """`_folder.yml` files by their paths below content/articles."""
    assets: dict[str, bytes] = field(default_factory=dict)
    """Pictures and files by their paths below content/assets."""


def collect(root: Path, *, audience: str, lang: str = "", with_drafts: bool = False) -> Collection:
    """What the audience may read; for agents, on request, drafts and archived articles as well.

    `root` is the folder whose files are articles.
    """
    leaves = _leaves(AUDIENCES[audience], lang, with_drafts=with_drafts and audience == "agents")
    made = Collection(leaves)
    used = {leaf.section_path for leaf in leaves}
    rows = select(Section).order_by(Section.position, Section.title, Section.path)
    made.sections = [section for section in db.session.scalars(rows) if section.path in used]
    is_ours = audience == "agents"
    if is_ours:
        made.leaves = [replace(leaf, text=_with_files(leaf)) for leaf in leaves]
    else:
        shown = Leaves(leaves)
        ids = {name for leaf in leaves for name in (leaf.id, leaf.slug)}
        made.leaves = [replace(leaf, text=_for_readers(leaf, shown, ids)) for leaf in leaves]
    made.folders = _folders(root, leaves, is_ours=is_ours)
    made.assets = _assets(root.parent / "assets", made.leaves, every=is_ours and not lang)
    return made


def _leaves(readable: Sequence[Visibility], lang: str, *, with_drafts: bool) -> list[Leaf]:
    rows = (
        select(Article, ContentFile.path, Revision.head, Revision.body)
        .join(Revision, Revision.id == Article.live_revision_id)
        .outerjoin(ContentFile, ContentFile.article_id == Article.id)
        .where(Article.visibility.in_(readable), Article.deleted_at.is_(None))
        .order_by(Article.section_path, Article.position, Article.title, Article.id)
    )
    if not with_drafts:
        rows = rows.where(Article.shown)
    if lang:
        rows = rows.where(Article.lang == lang)
    found, taken = [], set()
    for article, path, head, body in db.session.execute(rows):
        wanted = path or place_in(article.section_path, article.slug)
        stem = posixpath.splitext(wanted)[0]
        names = (f"{stem}{number}.md" for number in ("", *(f"-{n}" for n in range(2, 10_000))))
        place = next(name for name in names if name not in taken)
        taken.add(place)
        found.append(
            Leaf(
                id=article.id,
                path=place,
                slug=article.slug,
                lang=article.lang,
                title=article.title,
                summary=article.summary,
                section_path=article.section_path,
                text=Manuscript.of(head + body),
            )
        )
    return found


def _with_files(leaf: Leaf) -> Manuscript:
    """The text as it is, but that pictures which are no files here are files where it goes."""
    if PREFIX not in leaf.text.body:
        return leaf.text
    return leaf.text.saying(led(leaf.text.body, lambda target: _as_file(target, leaf.path)))


def _for_readers(leaf: Leaf, shown: Leaves, ids: set[str]) -> Manuscript:
    """The text without remarks, without keys that are ours, and with links only to what is shown."""
    front = leaf.text.front
    kept = {key: front[key] for key in _FOR_READERS if key in front}
    if isinstance(related := kept.get("related"), list):
        kept["related"] = [each for each in related if each in ids]
    if kept.get("translation_of", leaf.id) not in ids:
        del kept["translation_of"]
    body = for_readers(leaf.text.body, lambda target: _seen(target, leaf.path, shown))
    return Manuscript("", "", "", body).setting({key: each for key, each in kept.items() if each})


def _seen(target: str, path: str, shown: Leaves) -> str | None:
    """Where a link leads for readers; None if that is not theirs."""
    if leads_elsewhere(target) or shown.named(target, path) is not None:
        return target
    return None if asset_of(target, path) is None else _as_file(target, path)


def _as_file(target: str, path: str) -> str:
    asset = asset_of(target, path)
    return f"{ASSETS}{asset}" if asset and target.startswith(PREFIX) else target


def _folders(root: Path, leaves: Sequence[Leaf], *, is_ours: bool) -> dict[str, bytes]:
    above = {
        "/".join(parts[:count])
        for leaf in leaves
        for parts in [posixpath.dirname(leaf.path).split("/")]
        for count in range(len(parts) + 1)
    }
    found = {}
    for folder in sorted(above):
        path = posixpath.join(folder, FOLDER_FILE)
        file = root / path
        if file.is_file() and not file.is_symlink():
            data = file.read_bytes()
            found[path] = data if is_ours else _folder_for_readers(data)
    return found


def _folder_for_readers(data: bytes) -> bytes:
    front: Mapping[str, Value] = Manuscript(
        "---\n", data.decode(errors="replace"), "---\n", ""
    ).front
    kept = {key: front[key] for key in _FOLDER_FOR_READERS if key in front}
    return Manuscript("", "", "", "").setting(kept).settings.encode()


def _assets(folder: Path, leaves: Sequence[Leaf], *, every: bool) -> dict[str, bytes]:
    """Those that the texts show, as readers see them; for those who look after the files all, as they are."""
    files = (
        {path for path in find(folder, "") if not (folder / path).is_symlink()}
        if folder.is_dir()
        else set()
    )
    named = _named_assets(leaves)
    found = {path: image.sha256 for path, image in known_at(files & named).items()}
    found |= _only_served(named - files)
    made = {path: _served(found[path]) for path in sorted(found)}
    return made | {path: (folder / path).read_bytes() for path in sorted(files) if every}


def _only_served(named: Iterable[str]) -> dict[str, str]:
    """The hashes of pictures that are no files here, by where they lie in an export."""
    parts = {path: part for path in named if (part := _MEDIA.fullmatch(path))}
    known = known_as({part["sha"] for part in parts.values()})
    return {
        path: part["sha"]
        for path, part in parts.items()
        if part["sha"] in known and EXTENSIONS[known[part["sha"]].type] == part["end"]
    }


def _served(sha256: str) -> bytes:
    """An image as readers see it: without what a camera wrote into the file."""
    with storage.open(sha256) as file:
        return file.read()


def _named_assets(leaves: Sequence[Leaf]) -> set[str]:
    return {
        asset
        for leaf in leaves
        for target, _ in targets(leaf.text.body)
        if (asset := asset_of(target, leaf.path))
    }
