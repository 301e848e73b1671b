"""Metrics: the picture of the page as it opens, made ahead by the worker.

A web process that was just started remembers nothing, and on a large desk there is much to read: it takes
what the worker made within the last minute or two.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from time import thread_time
from typing import NamedTuple

import msgspec
from sqlalchemy import bindparam, delete, select

from app.core import clock
from app.core.db import db, insert_into, plain_rows
from app.core.uow import begin_writing
from app.metrics import queries
from app.metrics.caches.refreshing import form, is_made_so
from app.metrics.choosing import asked_at_first
from app.metrics.definitions.catalogue import VERSION
from app.metrics.picture.asked import Asked
from app.metrics.picture.metric_picture import MetricPicture
from app.metrics.picture.picture import Picture, make_picture

DEAR_S = 0.05
"""What takes more processor time than this is shown though something changed since."""
LASTS = timedelta(minutes=2)
"""The worker makes it once a minute; where it does not, web processes make their own."""
_KEPT = select(MetricPicture.stamp, MetricPicture.made_at, MetricPicture.cost_s, MetricPicture.body)
_KEPT = _KEPT.where(MetricPicture.asked == bindparam("asked"))


class Ahead(NamedTuple):
    """A picture, when it was made, the stamp the cache had, and for how long it may lag behind changes."""

    picture: Picture
    made_at: datetime
    stamp: int
    rests: timedelta


def made_ahead(asked: Asked) -> Ahead | None:
    """What was made ahead for this wish, if it may be shown: nothing changed since, or it is dear."""
    for stamp, made_at, cost_s, body in plain_rows(_KEPT, {"asked": _text(asked)}):
        is_dear = cost_s > DEAR_S
        if clock.now() - made_at < LASTS and (is_dear or stamp == queries.stamp()):
            with suppress(msgspec.MsgspecError):  # another release made it
                picture = _pictures().decode(body)
                return Ahead(picture, made_at, stamp, LASTS if is_dear else timedelta())
    return None


def make_ahead() -> None:
    """Make the picture of the page as it opens, and keep it in the place of the last one."""
    if not is_made_so():
        return
    asked, now = asked_at_first(), clock.now()
    stamp, began_s = queries.stamp(), thread_time()
    picture = make_picture(asked)
    cost_s = thread_time() - began_s
    made = {"stamp": stamp, "made_at": now, "cost_s": cost_s, "body": msgspec.json.encode(picture)}
    begin_writing()
    key = _text(asked)
    db.session.execute(delete(MetricPicture).where(MetricPicture.asked != key))
    row = insert_into(MetricPicture).values(asked=key, **made)
    db.session.execute(row.on_conflict_do_update(index_elements=["asked"], set_=made))


def _text(asked: Asked) -> str:
    """The wish, and how figures are made and defined: what was made otherwise answers no wish."""
    return f"{form()} {VERSION} {msgspec.json.encode(asked).decode()}"


@cache
def _pictures() -> msgspec.json.Decoder[Picture]:
    return msgspec.json.Decoder(Picture)
