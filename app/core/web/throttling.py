"""Limits: how often one key may do one thing.  Counts survive a refusal and a restart."""

import hashlib
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from flask import request
from sqlalchemy import String, case, delete, update

from app.core import clock
from app.core.db import Mapped, Model, db, insert_into, mapped_column
from app.core.errors import TooMany
from app.core.jobs import job
from app.core.uow import apart, begin_writing


class Throttle(Model):
    """How often something was tried since the first time.  The key is a hash, never an address."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    hits: Mapped[int]
    since: Mapped[datetime] = mapped_column(index=True)


def throttle(action: str, key: str, *, limit: int, per_s: int) -> int:
    """Count an attempt.  Gives how many are left; raises TooMany when there were `limit` in `per_s` seconds.

    The seconds begin with the first attempt.  One statement counts and looks, so of attempts at the
    same moment no two are the same one.  Must be called before the first verb of the request.
    """
    now = clock.now()
    with apart() as session:
        hits, since = session.execute(
            _count(_name(action, key), now=now, begins=now - timedelta(seconds=per_s))
        ).one()
    if hits > limit:
        rest_s = ceil((since + timedelta(seconds=per_s) - now).total_seconds())
        minutes = ceil(rest_s / 60)
        raise TooMany(
            "That was tried too often. "
            f"Wait {minutes} minute{'s' if minutes > 1 else ''}, then try again.",
            retry_after_s=rest_s,
        )
    return limit - int(hits)


def throttle_machine(action: str, *, limit: int, per_s: int) -> None:
    """The same for whoever sits at the network address that the request comes from."""
    throttle(action, request.remote_addr or "", limit=limit, per_s=per_s)


def forgive(action: str, key: str) -> None:
    """Take back the newest attempt: it was a good one."""
    counted = (Throttle.key == _name(action, key), Throttle.hits > 0)
    with apart() as session:
        session.execute(update(Throttle).where(*counted).values(hits=Throttle.hits - 1))


def forgive_machine(action: str) -> None:
    """The same for whoever sits at the network address that the request comes from."""
    forgive(action, request.remote_addr or "")


@job()
def forget_hits() -> None:
    """Drop counts that no limit looks at any more."""
    begin_writing()
    db.session.execute(delete(Throttle).where(Throttle.since < clock.now() - timedelta(days=1)))


def _count(name: str, *, now: datetime, begins: datetime) -> Any:
    """Add one, or begin anew when the first attempt is as old as `begins`; gives hits and since."""
    over = Throttle.since <= begins
    count = insert_into(Throttle).values(key=name, hits=1, since=now)
    count = count.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "hits": case((over, 1), else_=Throttle.hits + 1),
            "since": case((over, now), else_=Throttle.since),
        },
    )
    return count.returning(Throttle.hits, Throttle.since)


def _name(action: str, key: str) -> str:
    return f"{action} {hashlib.sha256(key.lower().encode()).hexdigest()[:32]}"
