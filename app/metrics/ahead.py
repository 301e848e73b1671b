"""Metrics: the picture of the page as it opens, made ahead by the worker where making it takes long.

A web process that was just started knows nothing, and on a large desk there is much to read: it takes
what the worker made within the last minute or two.
"""

from datetime import datetime, timedelta
from functools import cache
from time import thread_time
from typing import NamedTuple

import msgspec
from sqlalchemy import bindparam, delete, select

from app.core import clock
from app.core.db import db, plain_rows
from app.core.uow import begin_writing
from app.metrics import queries
from app.metrics.caches.refreshing import is_made_so
from app.metrics.choosing import asked_at_first
from app.metrics.picture.asked import Asked
from app.metrics.picture.metric_picture import MetricPicture
from app.metrics.picture.picture import Picture, make_picture

DEAR_S = 0.03
"""What takes less processor time is made when somebody asks for it."""
LASTS = timedelta(minutes=2)
"""The worker makes it once a minute; where it does not, web processes make their own."""
_LOOKED_AT_AGAIN = timedelta(hours=1)
_KEPT = select(MetricPicture.stamp, MetricPicture.made_at, MetricPicture.cost_s, MetricPicture.body)
_KEPT = _KEPT.where(MetricPicture.asked == bindparam("asked"))


class Ahead(NamedTuple):
    """A picture, when it was made, and the stamp of the cache it was made from."""

    picture: Picture
    made_at: datetime
    stamp: int


def made_ahead(asked: Asked) -> Ahead | None:
    """What was made ahead for this wish, if it is dear and fresh enough."""
    for stamp, made_at, cost_s, body in plain_rows(_KEPT, {"asked": _text(asked)}):
        if cost_s > DEAR_S and clock.now() - made_at < LASTS:
            return Ahead(_pictures().decode(body), made_at, stamp)
    return None


def make_ahead() -> None:
    """Make the picture of the page as it opens, and keep it; a cheap one once an hour, to know that it is."""
    if not is_made_so():
        return
    asked, now = asked_at_first(), clock.now()
    text = _text(asked)
    known = db.session.get(MetricPicture, text)
    if known and known.cost_s <= DEAR_S and now - known.made_at < _LOOKED_AT_AGAIN:
        return
    stamp, began_s = queries.stamp(), thread_time()
    picture = make_picture(asked)
    cost_s = thread_time() - began_s
    begin_writing()
    db.session.execute(delete(MetricPicture))
    db.session.add(
        MetricPicture(
            asked=text, stamp=stamp, made_at=now, cost_s=cost_s, body=msgspec.json.encode(picture)
        )
    )


def _text(asked: Asked) -> str:
    return msgspec.json.encode(asked).decode()


@cache
def _pictures() -> msgspec.json.Decoder[Picture]:
    return msgspec.json.Decoder(Picture)
