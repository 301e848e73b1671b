"""Metrics: remember the pictures that were made, so that looking again costs nothing."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from time import thread_time

from flask import current_app
from markupsafe import Markup

from app.core import clock
from app.metrics import queries
from app.metrics.caches.going_back import ready_then
from app.metrics.picture.asked import Asked
from app.metrics.picture.picture import Picture, make_picture

LASTS = timedelta(minutes=1)
REMEMBERED = 8
SMALL_S = 0.1
REST = 20

_storing = Lock()


@dataclass(frozen=True, slots=True)
class _Remembered:
    """A picture, the stamp of what it was made from, the processor time it took, and its HTML."""

    picture: Picture
    stamp: int | None
    cost_s: float
    drawn: dict[Hashable, Markup] = field(default_factory=dict)


def picture(asked: Asked) -> Picture:
    """What the page shows as of now, or as remembered."""
    return _remembered(asked).picture


def drawn(
    asked: Asked, *, key: Hashable, draw: Callable[[Picture], Markup]
) -> tuple[Picture, Markup]:
    """The same with the HTML that is drawn from it; `key` names all else that the HTML depends on."""
    found = _remembered(asked)
    if key not in found.drawn:
        found.drawn[key] = draw(found.picture)
    return found.picture, found.drawn[key]


def _remembered(asked: Asked) -> _Remembered:
    """What the page shows as of now, or as of a minute ago at most while nothing changed.

    Where making them costs much, on a desk that changes all the time, they may also lag behind the
    changes by twenty times what they cost: so they never take more than a twentieth of a
    processor.  Every process remembers for itself.
    """
    memory: dict[Asked, _Remembered] = current_app.extensions.setdefault("metrics memory", {})
    found, stamp = memory.get(asked), _stamp_of(asked)
    if found is None or not _still_good(found, stamp=stamp):
        started_s = thread_time()
        made = make_picture(asked)
        found = _Remembered(made, stamp, thread_time() - started_s)
    with _storing:
        memory.pop(asked, None)
        memory[asked] = found
        for oldest in [*memory][:-REMEMBERED]:
            del memory[oldest]
    return found


def _stamp_of(asked: Asked) -> int | None:
    """What the picture is made from: the cache as it is, or what was worked out of then, which stays."""
    return ready_then(asked.as_of_on) if asked.as_of_on else queries.stamp()


def _still_good(found: _Remembered, *, stamp: int | None) -> bool:
    if found.picture.asked.as_of_on:
        return found.stamp == stamp
    age = clock.now() - found.picture.overview.as_of
    rests = found.cost_s > SMALL_S and age < timedelta(seconds=found.cost_s * REST)
    return rests or (found.stamp == stamp and age < LASTS)
