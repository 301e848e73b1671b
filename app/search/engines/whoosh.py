"""The Whoosh engine: one writer on the machine, one searcher a process.

A searcher must not be used by two threads at once: it would now and then give wrong documents.  So
each process has one, behind a lock.  `filter=` is given a set of document numbers, never a query
(which would be run again at every search), and Require and AndNot are never used: both give wrong
results in this version.  Nor is `Searcher.refresh`: it keeps the segments that a commit has replaced,
so that what was deleted is found again (see the tests); the index is opened anew instead.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from whoosh.index import EmptyIndexError, create_in, open_dir
from whoosh.query import Or, Term

from app.search.asked import Asked
from app.search.document import Document, Thing
from app.search.engines import schema
from app.search.folders import Folders

REFRESH_EVERY_S = 1.0
FEW = 3
TRIES = 5
"""How often the index is opened before it is taken for damaged: a commit deletes what it replaces."""
LIMIT_MB = 64


class Unreadable(Exception):
    """There is no index, or it is damaged."""


@dataclass(frozen=True)
class Ranked:
    """What the index found, the best first; `more` when there is a further page."""

    things: list[Thing]
    more: bool
    loosened: bool


class WhooshEngine:
    """The index of this machine as this process sees it."""

    def __init__(self, root: Path) -> None:
        self.folders = Folders(root, version=schema.VERSION)
        self._lock = Lock()
        self._opened: tuple[Path, int] | None = None
        self._searcher: Any = None
        self._numbers: dict[str, frozenset[int]] = {}
        self._look_at = 0.0

    def search(
        self,
        asked: Asked,
        *,
        kinds: Iterable[str],
        audiences: Iterable[str],
        newest_first: bool,
        first: int,
        count: int,
        loosen: bool = True,
    ) -> Ranked:
        """Things of these kinds for these audiences, from number `first` on.

        All the words must fit, or, when hardly anything holds them all and one may `loosen` that,
        some.  Raises Unreadable.
        """
        enough = first + count + 1
        sort = {"sortedby": "updated", "reverse": True} if newest_first else {}
        with self._reading() as searcher:
            allowed = self._allowed(searcher, kinds, audiences)
            if not allowed:  # Whoosh takes an empty set for "no filter"
                return Ranked([], more=False, loosened=False)

            def run(query: Any) -> Any:
                return searcher.search(query, limit=enough, filter=allowed, **sort)

            found = run(schema.strict(asked))
            loosened = loosen and found.scored_length() < FEW and len(asked.words) > 1
            if loosened:
                found = run(schema.loose(asked))
            names = [hit["thing"] for hit in found[first : first + count]]
            more = found.scored_length() == enough
        return Ranked([schema.thing_named(name) for name in names], more, loosened)

    def replace(self, things: Sequence[Thing], documents: Iterable[Document]) -> None:
        """Let these be the only documents of these things.  For the worker, under `folders.locked`."""
        folder = self.folders.current()
        if folder is None:
            raise Unreadable("there is no index")
        with open_dir(folder).writer(timeout=30, limitmb=LIMIT_MB) as writer:
            names = [Term("thing", schema.name(thing)) for thing in things]
            with writer.searcher() as searcher:
                writer.delete_by_query(Or(names), searcher=searcher)
            for document in documents:
                writer.add_document(**schema.row(document))
        self._look_at = 0.0

    def build(self, documents: Iterable[Document]) -> None:
        """Make a new index of these and put it in place.  For the worker, under `folders.locked`."""
        folder = self.folders.make()
        with create_in(folder, schema.SCHEMA).writer(limitmb=LIMIT_MB) as writer:
            for document in documents:
                writer.add_document(**schema.row(document))
        self.folders.put_in_place(folder)
        self._look_at = 0.0

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        """The searcher, for one thread at a time.  Raises Unreadable."""
        with self._lock:
            try:
                if monotonic() >= self._look_at:
                    self._refresh()
                yield self._searcher
            except Unreadable:
                self._forget()
                raise
            except Exception as fault:  # a damaged index makes Whoosh raise nearly anything
                self._forget()
                raise Unreadable(f"{type(fault).__name__}: {fault}") from fault

    def _refresh(self) -> None:
        """See what was committed meanwhile; at most once a second."""
        folder = self.folders.current()
        if folder is None:
            raise Unreadable("there is no index")
        for left in reversed(range(TRIES)):
            try:
                self._open(folder)
                break
            except (OSError, EmptyIndexError):  # a commit took a file away between two looks
                if not left:
                    raise
        self._look_at = monotonic() + REFRESH_EVERY_S

    def _open(self, folder: Path) -> None:
        """Read the index as it is now, if it is another than the one that is open."""
        index = open_dir(folder)
        opened = (folder, index.latest_generation())
        if opened != self._opened:
            self._forget()
            self._searcher, self._opened = index.searcher(), opened

    def _forget(self) -> None:
        left, self._searcher, self._opened = self._searcher, None, None
        self._numbers, self._look_at = {}, 0.0
        if left is not None:
            with suppress(Exception):  # closing what is damaged may fail too
                left.close()

    def _allowed(self, searcher: Any, kinds: Iterable[str], audiences: Iterable[str]) -> set[int]:
        """The numbers of the documents that may be found; the sets are kept until the next refresh."""
        both = [(kind, audience) for kind in kinds for audience in audiences]
        allowed = set[int]().union(
            *(self._documents(searcher, schema.scope(*each)) for each in both)
        )
        return allowed.difference(
            *(self._documents(searcher, schema.closed(*each)) for each in both)
        )

    def _documents(self, searcher: Any, scope: str) -> frozenset[int]:
        if scope not in self._numbers:
            found = frozenset(searcher.docs_for_query(Term("scope", scope)))
            self._numbers[scope] = found
        return self._numbers[scope]
