"""Making and moving files by hand: with ids, without overwriting, with links that go on leading there."""

import os
import posixpath
from pathlib import Path

from sqlalchemy import select

from app.articles.article import Article, Status
from app.articles.claims import new_id
from app.articles.composing import place_in
from app.articles.content_file import ContentFile
from app.articles.files.manuscript import Manuscript
from app.articles.files.source_file import find, read
from app.articles.files.writing import put_new, remove, write
from app.articles.linking import is_local, targets
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.core.slugs import slug


def below(root: Path, typed: str) -> str:
    """A path as it was typed, seen from the root.  Raises NotFound for one elsewhere."""
    for whole in (Path(typed).resolve(), (root / typed).resolve()):
        if whole.is_relative_to(root.resolve()):
            return whole.relative_to(root.resolve()).as_posix()
    raise NotFound(f"{typed} does not lie in {root}.")


def new_file(root: Path, *, title: str, category: str) -> str:
    """Make a draft in a folder.  Gives its path from here.  Raises Conflict for one that is there."""
    folder = below(root, str(root / category))
    path = place_in("" if folder == "." else folder, slug(title))
    id = new_id(path, set(db.session.scalars(select(Article.id))))
    text = Manuscript.of("\n").setting({"id": id, "title": title, "status": Status.DRAFT.value})
    if not put_new(root, path, text.text.encode()):
        raise Conflict(f"There is a file {path} already.")
    return os.path.relpath(root / path)


def move(root: Path, old: str, new: str) -> list[str]:
    """Move a file, with its id in it.  Gives the paths of all files that were written.

    Raises NotFound, Conflict when there is a file at the new place, and Faulty for one that is
    no text.
    """
    if not (root / old).is_file():
        raise NotFound(f"There is no file {old}.")
    source = read(root, old)
    text = _with_id(Manuscript.of(source.text, path=old), old).text
    moved = _linking(text, posixpath.dirname(old), posixpath.dirname(new), old, new)
    if not put_new(root, new, moved.encode()):
        raise Conflict(f"There is a file {new} already.")
    remove(root, old, seen=source.sha)
    return [new, *_link_anew(root, old, new)]


def _with_id(manuscript: Manuscript, path: str) -> Manuscript:
    known = db.session.scalar(select(ContentFile.article_id).where(ContentFile.path == path))
    return (
        manuscript.setting({"id": known}) if known and "id" not in manuscript.front else manuscript
    )


def _link_anew(root: Path, old: str, new: str) -> list[str]:
    """Let links in other files lead to the new place."""
    changed = []
    for path in find(root, ".md"):
        if path == new or (root / path).is_symlink():
            continue
        source = read(root, path)
        folder = posixpath.dirname(path)
        text = _linking(source.text, folder, folder, old, new)
        if text != source.text:
            write(root, path, text, seen=source.sha)
            changed.append(path)
    return changed


def _linking(text: str, was_in: str, is_in: str, old: str, new: str) -> str:
    """The text with links that lead where they led, if it and one file have moved."""
    for target, offset in sorted(targets(text), key=lambda each: -each[1]):
        if not is_local(target):
            continue
        name, mark, rest = target.partition("#")
        path = posixpath.normpath(posixpath.join(was_in, name))
        if was_in == is_in and path != old:
            continue
        there = posixpath.relpath(new if path == old else path, is_in or ".")
        text = text[:offset] + f"{there}{mark}{rest}" + text[offset + len(target) :]
    return text
