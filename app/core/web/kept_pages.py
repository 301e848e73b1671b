"""The shelf of kept pages: bounded in number and size, the least used goes first."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

MOST_PAGES = 500
LARGEST_BYTES = 500_000
LASTS_S = 60.0
"""Also what a page says of time ("3 minutes ago") is then never older than that."""

Key = tuple[str, str, str, str, bool]


@dataclass(frozen=True)
class KeptPage:
    """A response as it goes out, and the stamps it was made under."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str
    stamps: dict[str, int]
    kept_at: float = field(default_factory=monotonic)

    def holds(self, stamps: dict[str, int]) -> bool:
        """Whether nothing has changed that it depends on."""
        return monotonic() - self.kept_at < LASTS_S and all(
            stamps.get(name, 0) == number for name, number in self.stamps.items()
        )


class KeptPages:
    """Pages by their key; safe to be used by several threads."""

    def __init__(self, *, most_bytes: int = 16_000_000) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Key, stamps: dict[str, int]) -> KeptPage | None:
        """The page, if there is one that still holds."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if not page.holds(stamps):
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: KeptPage) -> None:
        """Put the page on the shelf and make room for it; one that is very large is not kept."""
        if len(page.body) > LARGEST_BYTES:
            return
        with self._lock:
            if key in self._pages:
                self._drop(key)
            self._pages[key] = page
            self.bytes += len(page.body)
            while self.bytes > self.most_bytes or len(self._pages) > MOST_PAGES:
                self._drop(next(iter(self._pages)))

    def __len__(self) -> int:
        return len(self._pages)

    def _drop(self, key: Key) -> None:
        self.bytes -= len(self._pages.pop(key).body)
