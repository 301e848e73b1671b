"""Planning an import: reads the source, the database and the folder; writes nothing."""

import posixpath
from collections.abc import Callable, Iterable
from datetime import tzinfo
from pathlib import Path

from sqlalchemy import select

from app.articles.article import Section
from app.articles.exchange.deciding import Past, decided
from app.articles.exchange.dialects.detecting import understand
from app.articles.exchange.page import Page, Shelf, Understood
from app.articles.exchange.placing import Places
from app.articles.exchange.plan import ImportPlan, Incoming, Wishes
from app.articles.exchange.relinking import Relinker
from app.articles.exchange.sections import Sections
from app.articles.exchange.source.source import Source
from app.articles.exchange.writing import original_of, written
from app.articles.files.fault import Fault
from app.articles.files.source_file import FOLDER_FILE, LARGEST_BYTES, find
from app.articles.known import Records
from app.articles.languages import language_of, place, unless_ours
from app.articles.linking import Links
from app.articles.preparing import prepare
from app.articles.recalling import recall
from app.core.db import db
from app.core.slugs import slug

_AS_IT_CAME = "as it came, before it was imported"
_NO_ARTICLE = "came with an import, and is no article"

Watch = Callable[[list[Page]], Iterable[Page]]
"""Gives the pages back one by one; a progress bar looks on."""


def plan_import(
    source: Source, *, root: Path, wishes: Wishes, zone: tzinfo, watch: Watch = iter
) -> ImportPlan:
    """What importing the source would do; `root` is the folder whose files are articles.

    Raises UnusableSource when nobody knows what it is.
    """
    understood = understand(source, dialect=wishes.dialect, zone=zone)
    return _Planner(source, understood, root=root, wishes=wishes, zone=zone).plan(watch)


class _Planner:
    """One plan in the making."""

    def __init__(
        self, source: Source, understood: Understood, *, root: Path, wishes: Wishes, zone: tzinfo
    ) -> None:
        self.source, self.understood, self.root = source, understood, root
        self.wishes, self.zone = wishes, zone
        self.records: Records = recall()
        self.made = ImportPlan(source.name, understood.dialect)
        for shelf in understood.shelves:
            shelf.path = posixpath.join(wishes.into, shelf.path).strip("/")
        self.sections = Sections(set(db.session.scalars(select(Section.path))), understood.shelves)
        self.ids: dict[str, str] = {}

    def plan(self, watch: Watch) -> ImportPlan:
        """The whole."""
        self._place_assets()
        places = Places(self.records, lambda path: (self.root / path).is_file())
        pages = self.understood.pages
        for page in pages:
            self.ids[page.source] = places.place(page, into=self.wishes.into)
        for page in pages:
            places.settle_aliases(page, self.ids[page.source])
        self._link_translations(pages)
        relinker = Relinker(self.understood)
        links = self._links(pages)
        past = Past(list(self.ids.values()), purged=self.records.tombstones)
        for page in watch(pages):
            if not page.is_own or self.wishes.into:
                relinker.relink(page)
            self._take(page, links, past)
        self.made.folders = self.sections.new
        self.made.files |= self.sections.files
        self._hold_the_rest()
        told = [*self.source.faults, *self.understood.faults]
        self.made.faults += sorted({*told, *(fault for page in pages for fault in page.faults)})
        return self.made

    def _take(self, page: Page, links: Callable[[str], Links], past: Past) -> None:
        id = self.ids[page.source]
        folder = self.sections.folder(posixpath.dirname(page.target))
        manuscript, fields = written(page, id, folder, wishes=self.wishes, zone=self.zone)
        if len(manuscript.text.encode()) > LARGEST_BYTES:
            page.note("E301", "As an article it is larger than 1 MiB.")
            return
        known = self.records.articles.get(id)
        what, text = decided(id, manuscript, known, past)
        if text is not manuscript:
            manuscript, fields = written(
                page, id, folder, wishes=self.wishes, zone=self.zone, text=text
            )
        if what == "in conflict":
            said = f"It was changed here since ({id}); this text is kept among its revisions."
            page.note("E302", said)
        elif what == "left alone":
            page.note("W306", f"The article {id} was deleted here; it stays so.")
        prepared = prepare(id, manuscript, fields, folder, links(page.target))
        original = original_of(page)
        if original is not None and original.sha == manuscript.sha:
            original = None
        over = known.live_id if known else None
        self.made.incoming.append(Incoming(id, page.target, page, prepared, original, what, over))

    def _links(self, pages: list[Page]) -> Callable[[str], Links]:
        claims = {path: each.claim for path, each in self.records.by_path.items()}
        places = {path: place(each.slug, each.lang) for path, each in claims.items()}
        for page in pages:
            stem = posixpath.splitext(posixpath.basename(page.target))[0]
            lang = language_of(page.front.get("lang"))
            places[page.target] = place(str(page.front.get("slug") or slug(stem)), lang)
        files = set(places)
        folder = self.root.parent / "assets"
        assets = {f"../assets/{path}" for path in find(folder, "")} if folder.is_dir() else set()
        assets |= {f"../{path}" for path in self.made.files}
        known = dict.fromkeys(assets)  # their images are made by the next sync
        return lambda path: Links(path, places=places, files=files, assets=known)

    def _place_assets(self) -> None:
        """Pictures lie where they lay, beside another one of the same name."""
        taken: dict[str, bytes] = {}
        for source, wanted in self.understood.assets.items():
            data = self.source.files[source]
            stem, end = posixpath.splitext(posixpath.join(self.wishes.into, wanted).lstrip("/"))
            number = 1
            while True:
                path = f"{stem}{f'-{number}' if number > 1 else ''}{end}"
                there = taken.get(path.casefold()) or self._bytes_at(path)
                if there is None or there == data:
                    break
                number += 1
            taken[path.casefold()] = data
            self.understood.assets[source] = path
            if there is None:
                self.made.files[f"assets/{path}"] = data

    def _bytes_at(self, path: str) -> bytes | None:
        file = self.root.parent / "assets" / path
        return file.read_bytes() if file.is_file() else None

    def _link_translations(self, pages: list[Page]) -> None:
        """Pages that are the same in other languages are translations of the site's own language."""
        first: dict[str, Page] = {}
        for page in sorted(
            pages, key=lambda each: (unless_ours(each.front.get("lang")) is not None, each.source)
        ):
            if not page.group:
                continue
            other = first.setdefault(page.group, page)
            if other is not page and other.front.get("lang") != page.front.get("lang"):
                page.front["translation_of"] = self.ids[other.source]

    def _hold_the_rest(self) -> None:
        """Whatever is not held byte by byte by a revision or a file goes into quarantine."""
        kept = set(self._kept_texts()) | set(self.made.files.values())
        kept |= {self.source.files[path] for path in self.understood.assets}
        kept |= {shelf.own or b"" for shelf in self.understood.shelves if self._is_there(shelf)}
        used = {page.source.partition("#")[0] for page in self.understood.pages}
        used |= {path for path in self.source.files if posixpath.basename(path) == "_index.md"}
        told = {fault.path for fault in self.source.faults}
        for path, data in self.source.files.items():
            if data in kept:
                continue
            self.made.held[path] = data, _AS_IT_CAME if path in used else _NO_ARTICLE
            if path not in used | told:
                said = "It is no article; it is kept in quarantine."
                self.made.faults.append(Fault(path, 1, 1, "W306", said))

    def _is_there(self, shelf: Shelf) -> bool:
        """Whether its `_folder.yml` lies here already, the same to the byte."""
        file = self.root / shelf.path / FOLDER_FILE
        return shelf.own is not None and file.is_file() and file.read_bytes() == shelf.own

    def _kept_texts(self) -> Iterable[bytes]:
        for each in self.made.incoming:
            if each.what != "left alone":
                yield each.prepared.manuscript.text.encode()
                if each.original is not None:
                    yield each.original.text.encode()
