"""Giving every page of an import a file, an address and an id that nobody else has."""

import hashlib
import posixpath
from collections.abc import Callable, Container, Mapping
from pathlib import PurePosixPath

from app.articles.article import Status
from app.articles.claims import new_id
from app.articles.exchange.page import Page
from app.articles.files.mapping import Value
from app.articles.known import Records
from app.articles.languages import language_of
from app.core.slugs import slug

_LONGEST = 250


class Places:
    """The places that are taken, by what is here and by the pages placed so far."""

    def __init__(self, records: Records, is_file: Callable[[str], bool]) -> None:
        self.records, self.is_file = records, is_file
        self.paths = {path.casefold(): known.id for path, known in records.by_path.items()}
        self.given: set[str] = set()
        """The ids of the pages so far."""
        self.holders = dict(records.holders)
        self.led = dict(records.redirects)

    def place(self, page: Page, *, into: str) -> str:
        """Settle the page's file and address.  Gives the id of its article."""
        id = self._id(page, into)
        known = self.records.articles.get(id)
        if known and known.path:
            page.target = known.path
        else:
            page.target = self._free_path(_clean(posixpath.join(into, page.target)), id)
        self.paths[page.target.casefold()] = id
        self._settle_slug(page, id, known.slug if known else None)
        return id

    def settle_aliases(self, page: Page, id: str) -> None:
        """Leave out old addresses that are somebody's already, once all pages have theirs."""
        wanted = page.front.get("aliases")
        if not isinstance(wanted, list):
            return
        slugs = {address for _, address in self.holders}
        kept: list[Value] = []
        for alias in map(str, wanted):
            bare = alias.strip("/").removeprefix("help/")
            if bare in slugs or self.led.get(bare, id) != id or not 0 < len(bare) <= _LONGEST:
                page.note("W307", f"The old address {alias} is taken, or cannot lead here.")
            elif len(kept) < 50:
                self.led[bare] = id
                kept.append(alias)
        if kept != wanted:
            page.front["aliases"] = kept or None

    def _id(self, page: Page, into: str) -> str:
        """The id that the page says, unless another one of the source says it, too."""
        own = page.front.get("id")
        if isinstance(own, str) and own not in self.given:
            self.given.add(own)
            return own
        found = import_id(page.source, into=into, taken=self.given)
        self.given.add(found)
        if isinstance(own, str):
            page.front["id"] = found
            page.note("W307", f"The id {own} is that of another page as well; this is {found}.")
        return found

    def _settle_slug(self, page: Page, id: str, known: str | None) -> None:
        path = PurePosixPath(page.target)
        lang = language_of(page.front.get("lang"))
        said = page.front.get("slug")
        if page.is_own:
            if page.front.get("status") == Status.ARCHIVED:
                return  # it needs no address
            wanted = str(said or slug(path.stem))
        else:
            wanted = known or str(said or slug(_telling_name(path, page.title)))
        stem = slug("-".join(path.with_suffix("").parts[-2:]))
        tries = [wanted, stem, *(f"{wanted[:74]}-{number}" for number in range(2, 10_000))]
        found = next(each for each in tries if self.holders.get((lang, each), id) == id)
        self.holders[lang, found] = id
        if found != wanted:
            page.note("W307", f"The address {wanted} is taken; this is at {found}.")
        if not page.is_own or found != wanted:
            page.front["slug"] = None if found == slug(path.stem) else found

    def _free_path(self, wanted: str, id: str) -> str:
        stem, end = posixpath.splitext(wanted)
        names = (f"{stem}{number}{end}" for number in ("", *(f"-{n}" for n in range(2, 10_000))))
        return next(name for name in names if self._is_free(name, id))

    def _is_free(self, path: str, id: str) -> bool:
        holder = self.paths.get(path.casefold())
        return holder == id if holder else not self.is_file(path)


def import_id(source: str, *, into: str, taken: Container[str] = ()) -> str:
    """The id of an article that came from this place: the same however often it is imported."""
    return new_id(f"import\n{into}\n{source}", taken)


def front_id(front: Mapping[str, Value]) -> str | None:
    """The id that a front matter of ours names."""
    id = front.get("id")
    return id if isinstance(id, str) and id.startswith("kb_") and len(id) == 13 else None


def _telling_name(path: PurePosixPath, title: str) -> str:
    """What a page is called: an index page after its folder, or its title."""
    if path.stem.lower() not in ("index", "_index", "readme"):
        return path.stem
    return path.parent.name or title or path.stem


def _clean(path: str) -> str:
    """A path that the sync will find: no hidden names, not too long."""
    parts = [part.strip() for part in posixpath.normpath(path).split("/")]
    shown = ["_" + part.lstrip(".") if part.startswith(".") else part for part in parts if part]
    found = "/".join(shown)
    if len(found) <= _LONGEST:
        return found
    return f"{'/'.join(shown[:2])[:100]}/{hashlib.sha256(found.encode()).hexdigest()[:16]}.md"
