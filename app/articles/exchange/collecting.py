"""Collecting what an audience may take away: texts without anything that is not theirs, and pictures."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import select

from app.articles.article import Article, Section, Visibility
from app.articles.assets.known import known_at
from app.articles.composing import place_in
from app.articles.content_file import ContentFile
from app.articles.exchange.prose import prose, replaced
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Value
from app.articles.files.source_file import FOLDER_FILE, find
from app.articles.linking import is_local, targets
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
_INLINE = re.compile(
    r"(?P<mark>!?)\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\([ \t]*<?(?P<target>[^)\s>]+)>?(?:[ \t]+(?:\"[^\"]*\"|'[^']*'))?[ \t]*\)"  # noqa: E501
)
_REMARK = re.compile(r"<!--.*?-->\n?", re.DOTALL)


@dataclass(frozen=True)
class Leaf:
    """An article as it leaves."""

    id: str
    path: str
    slug: str
    lang: str
    title: str
    summary: str
    section_path: str
    text: Manuscript


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
    if not is_ours:
        shown = {leaf.path for leaf in leaves}
        ids = {name for leaf in leaves for name in (leaf.id, leaf.slug)}
        made.leaves = [replace(leaf, text=_for_readers(leaf, shown, ids)) for leaf in leaves]
    made.folders = _folders(root, leaves, is_ours=is_ours)
    made.assets = _assets(root.parent / "assets", made.leaves, every=is_ours and not lang)
    return made


def asset_of(target: str, path: str) -> str | None:
    """The path below content/assets of what a link in a file names; None for anything else."""
    if not is_local(target):
        return None
    name = unquote(target.partition("#")[0].partition("?")[0])
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    return found.removeprefix("../assets/") if found.startswith("../assets/") else None


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


def _for_readers(leaf: Leaf, shown: set[str], ids: set[str]) -> Manuscript:
    """The text without remarks, without keys that are ours, and with links only to what is shown."""
    front = leaf.text.front
    kept = {key: front[key] for key in _FOR_READERS if key in front}
    if isinstance(related := kept.get("related"), list):
        kept["related"] = [each for each in related if each in ids]
    if kept.get("translation_of", leaf.id) not in ids:
        del kept["translation_of"]
    body = "".join(
        _REMARK.sub("", piece) if is_prose else piece
        for is_prose, _, piece in prose(leaf.text.body)
    )
    body = replaced(body, _INLINE, lambda found, _: _seen(found, leaf.path, shown))
    return Manuscript("", "", "", body).setting({key: each for key, each in kept.items() if each})


def _seen(found: re.Match[str], path: str, shown: set[str]) -> str:
    """A link as it is, or its words if what it leads to is not shown."""
    target = found["target"]
    if not is_local(target) or asset_of(target, path) is not None:
        return found[0]
    name = unquote(target.partition("#")[0].partition("?")[0])
    goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    return found[0] if goal in shown else found["label"]


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
    if not folder.is_dir():
        return {}
    named = {path for path in find(folder, "") if not (folder / path).is_symlink()}
    if every:
        return {path: (folder / path).read_bytes() for path in sorted(named)}
    images = known_at(named & _named_assets(leaves))
    return {path: _served(images[path].sha256) for path in sorted(images)}


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
