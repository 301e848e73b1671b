"""An article as it leaves, and what its links name: another one, a picture, or neither."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from app.articles.assets.known import PREFIX
from app.articles.files.manuscript import Manuscript
from app.articles.languages import place
from app.articles.linking import ASSETS, address, is_local

MEDIA = "media/"
"""Where pictures that are no files here lie in an export, below content/assets."""

_SERVED = re.compile(rf"{PREFIX}(?P<sha>[0-9a-f]{{64}})/original\.(?P<end>[a-z]+)")


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


class Leaves:
    """All that leave, by whatever links call them."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self.by_name: dict[str, Leaf] = {}
        for leaf in leaves:
            self.by_name[leaf.id] = leaf
            self.by_name[address(place(leaf.slug, leaf.lang))] = leaf
            self.by_name[f"./{leaf.path}"] = leaf

    def named(self, target: str, path: str) -> Leaf | None:
        """The one that a link in the file at the path leads to."""
        name = unquote(target.partition("#")[0].partition("?")[0])
        if not is_local(target):
            return self.by_name.get(name)
        return self.by_name.get(f"./{_seen_from(path, name)}")


def asset_of(target: str, path: str) -> str | None:
    """The path below content/assets of what a link in a file names; None for anything else.

    A picture that is no file here, only served, has one of its own in an export.
    """
    name = unquote(target.partition("#")[0].partition("?")[0])
    if served := _SERVED.fullmatch(name):
        return f"{MEDIA}{served['sha']}.{served['end']}"
    if name.startswith(ASSETS):
        found = posixpath.normpath(f"../assets/{name.removeprefix(ASSETS)}")
    elif is_local(target):
        found = _seen_from(path, name)
    else:
        return None
    return found.removeprefix("../assets/") if found.startswith("../assets/") else None


def leads_elsewhere(target: str) -> bool:
    """Whether it names nothing of this desk, but the web, or a place in the same text."""
    is_path = target.startswith("/") and not target.startswith("//")
    return not (is_path or is_local(target) or target.startswith("kb_"))


def _seen_from(path: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
