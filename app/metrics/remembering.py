"""Metrics: remember the pictures that were made, so that looking again costs nothing."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from threading import Lock
from time import thread_time
from typing import Any, Generic, TypeVar

from flask import current_app
from markupsafe import Markup

from app.core import clock
from app.metrics import queries
from app.metrics.ahead import LASTS, made_ahead
from app.metrics.caches.going_back import ready_then
from app.metrics.picture.asked import Asked
from app.metrics.picture.picture import Picture, make_picture
from app.metrics.standing import standing

REMEMBERED = 8
DRAWN = 4
"""As many drawings of one picture are remembered."""
SMALL_S = 0.1
REST = 20

T = TypeVar("T")
_storing = Lock()


@dataclass(frozen=True, slots=True)
class Remembered(Generic[T]):
    """What was made, when, and the stamp of the cache it was made from; its HTML.

    `rests` is for how long it may lag behind changes.
    """

    made: T
    made_at: datetime
    stamp: int | None
    rests: timedelta
    html: dict[Hashable, Markup] = field(default_factory=dict)

    def drawn(self, key: Hashable, draw: Callable[[T], Markup]) -> Markup:
        """The HTML that is drawn from it; `key` names all else that the HTML depends on."""
        html = self.html.get(key)
        if html is None:
            html = draw(self.made)
            with _storing:
                self.html[key] = html
                for oldest in [*self.html][:-DRAWN]:
                    del self.html[oldest]
        return html


class Memory(Generic[T]):
    """The last things that were made for what was asked.  Every process remembers for itself."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._found: dict[Hashable, Remembered[T]] = {}

    def recall(self, asked: Hashable) -> Remembered[T] | None:
        """What is as of now, or as of two minutes ago at most while nothing changed.

        What costs much to make, on a desk that changes all the time, may also lag behind the changes by
        twenty times what it costs, so that it never takes more than a twentieth of a processor; what the
        worker made ahead, as long as that lasts.
        """
        found = self._found.get(asked)
        return found if found and _still_good(found, stamp=queries.stamp()) else None

    def obtain(self, asked: Hashable, make: Callable[[], T]) -> Remembered[T]:
        """The same, made now if there is none."""
        return self.recall(asked) or self._remember(asked, make, stamp=queries.stamp())

    def recall_lasting(self, asked: Hashable, *, stamp: int | None) -> Remembered[T] | None:
        """What stays as it is while the stamp stands still."""
        found = self._found.get(asked)
        return found if found and found.stamp == stamp else None

    def obtain_lasting(
        self, asked: Hashable, make: Callable[[], T], *, stamp: int | None
    ) -> Remembered[T]:
        """The same, made now if there is none."""
        return self.recall_lasting(asked, stamp=stamp) or self._remember(asked, make, stamp=stamp)

    def _remember(
        self, asked: Hashable, make: Callable[[], T], *, stamp: int | None
    ) -> Remembered[T]:
        made_at, started_s = clock.now(), thread_time()
        made = make()
        cost_s = thread_time() - started_s
        rests = timedelta(seconds=cost_s * REST) if cost_s > SMALL_S else timedelta()
        return self.keep(asked, Remembered(made, made_at, stamp, rests))

    def keep(self, asked: Hashable, found: Remembered[T]) -> Remembered[T]:
        """Remember what was made."""
        with _storing:
            self._found.pop(asked, None)
            self._found[asked] = found
            for oldest in [*self._found][: -self.most]:
                del self._found[oldest]
        return found


def memory_of(name: str, *, most: int) -> Memory[Any]:
    """The application's memory of that name."""
    memory: Memory[Any] = current_app.extensions.setdefault(f"metrics {name}", Memory(most))
    return memory


def picture(asked: Asked) -> Picture:
    """What the page shows as of now, or as remembered.  Raises NotReady."""
    return _picture(asked).made


def drawn(
    asked: Asked, *, key: Hashable, draw: Callable[[Picture], Markup]
) -> tuple[Picture, Markup]:
    """The same with the HTML that is drawn from it; `key` names all else that the HTML depends on."""
    found = _picture(asked)
    return found.made, found.drawn(key, draw)


def _picture(asked: Asked) -> Remembered[Picture]:
    """As the desk stands, or as it stood then, which stays."""
    standing(as_of_on=asked.as_of_on)  # what was made of what is no longer kept is not shown
    memory: Memory[Picture] = memory_of("pictures", most=REMEMBERED)
    make = partial(make_picture, asked)
    if asked.as_of_on:
        return memory.obtain_lasting(asked, make, stamp=ready_then(asked.as_of_on))
    known = memory.recall(asked)
    if known is None and (found := made_ahead(asked)):
        return memory.keep(asked, Remembered(*found))
    return known or memory.obtain(asked, make)


def _still_good(found: Remembered[Any], *, stamp: int) -> bool:
    age = clock.now() - found.made_at
    return age < found.rests or (found.stamp == stamp and age < LASTS)
