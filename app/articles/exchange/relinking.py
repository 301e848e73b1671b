"""Links of a source, written anew: to the files that its pages and pictures become."""

import posixpath
from collections.abc import Mapping
from urllib.parse import quote, unquote

from app.articles.exchange.page import Page, Understood
from app.articles.linking import PICTURES, is_local, targets
from app.articles.links.prose import prose

HELD = "x-import:"
"""Scheme of links that a dialect leaves to be resolved here, as the source means them."""

_ENDS = (
    "",
    ".md",
    ".mdx",
    ".markdown",
    ".html",
    "/_index.md",
    "/index.md",
    "/README.md",
    "/index.html",
)


class Relinker:
    """Knows where everything of a source will lie."""

    def __init__(self, understood: Understood) -> None:
        self.pages = {page.source: page for page in understood.pages}
        self.assets = understood.assets
        self.lower = {path.lower(): path for path in [*self.assets, *self.pages]}
        self.urls: dict[str, str] = {}
        for path in self.assets:
            bare = path.removeprefix("static/").removeprefix("assets/")
            self.urls.setdefault(bare.lower(), path)
        for page in understood.pages:
            for url in page.urls:
                self.urls.setdefault(_bare(url), page.source)
        self.urls |= {_bare(url): path for url, path in understood.urls_of.items()}
        self.stems: dict[str, str | None] = {}
        for source in self.pages:
            stem = posixpath.splitext(posixpath.basename(source))[0].lower()
            self.stems[stem] = None if stem in self.stems else source

    def relink(self, page: Page) -> None:
        """Let the links of a page lead to the new files; what leads nowhere stays, and is said."""
        made = []
        for is_prose, _, piece in prose(page.body):
            made.append(self._piece(piece, page) if is_prose else piece)
        page.body = "".join(made)
        for held, written in page.pending.items():  # no links: as they were
            page.body = page.body.replace(held, written)

    def _piece(self, text: str, page: Page) -> str:
        found = sorted(targets(text), key=lambda each: -each[1])
        for target, offset in found:
            if (new := self.new_target(target, page)) is not None:
                text = text[:offset] + new + text[offset + len(target) :]
        return text

    def new_target(self, target: str, page: Page) -> str | None:
        """What to write in place of a link; None where it stays."""
        held = target.startswith(HELD)
        plain = target.removeprefix(HELD).partition(":")[2] if held else target
        if not held and (plain.startswith(("#", "?", "//", "{{", "{%")) or not _may_be_ours(plain)):
            return None
        name, mark, fragment = plain.partition("#")
        found = self._find(unquote(name.partition("?")[0]), page)
        if found is None:
            self._note_lost(page, page.pending.get(target, plain) if held else plain)
            return page.pending.get(target) if held else None
        return _written(found, page, self.pages, self.assets) + (mark + fragment.strip())

    def _find(self, name: str, page: Page) -> str | None:
        """The source's path behind a name, as files or as addresses of the site."""
        if not name:
            return page.source
        here = posixpath.dirname(page.source.partition("#")[0])
        bases = [here, posixpath.splitext(page.source)[0], *_parents(here)]
        if name.startswith("/"):
            bases, name = ["", *_parents(here)], name.strip("/")
        for base in bases:
            path = posixpath.normpath(posixpath.join(base, name)).strip("/")
            for end in _ENDS:
                if (path + end).lower() in self.lower:
                    return self.lower[(path + end).lower()]
        path = posixpath.normpath(name)
        while path.startswith("../"):
            path = path[3:]
        return self.urls.get(_bare(path)) or self.stems.get(posixpath.basename(path).lower())

    def _note_lost(self, page: Page, target: str) -> None:
        at = page.original.find(target.partition("#")[0] or target)
        if target.partition("#")[0].lower().endswith(PICTURES):
            page.note("W304", f"The picture is not in the source: {target}", at=at)
        else:
            page.note("W303", f"The link leads to nothing in the source: {target}", at=at)


def _written(found: str, page: Page, pages: Mapping[str, Page], assets: Mapping[str, str]) -> str:
    goal = pages[found].target if found in pages else f"../assets/{assets[found]}"
    here = posixpath.dirname(page.target)
    return quote(posixpath.relpath(goal, here or "."), safe="/.-_~!$&'*+,;=:@%")


def _parents(folder: str) -> list[str]:
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:count]) for count in range(len(parts) - 1, -1, -1)]


def _may_be_ours(target: str) -> bool:
    return is_local(target) or target.startswith("/")


def _bare(url: str) -> str:
    return url.strip("/").removesuffix(".html").removesuffix("/index").lower()
