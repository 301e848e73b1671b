"""Limits: how often one key may do one thing.  Counts survive a refusal and a restart."""

import hashlib
from datetime import timedelta

from flask import request
from sqlalchemy import String, delete, func, select

from app.core import clock
from app.core.db import CreatedAt, Id, Mapped, Model, db, mapped_column
from app.core.errors import TooMany
from app.core.jobs import job
from app.core.uow import apart, begin_writing


class ThrottleHit(Model):
    """One attempt.  The key is a hash, never an address."""

    __tablename__ = "throttle_hits"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(120), index=True)
    created_at: Mapped[CreatedAt]


def throttle(action: str, key: str, *, limit: int, per_s: int) -> int:
    """Count an attempt.  Gives how many are left; raises TooMany when there were `limit` in `per_s` seconds.

    Must be called before the first verb of the request.
    """
    name = _name(action, key)
    since = clock.now() - timedelta(seconds=per_s)
    with apart() as session:
        hits = select(func.count()).where(ThrottleHit.key == name, ThrottleHit.created_at > since)
        tried = session.scalar(hits) or 0
        if tried < limit:
            session.add(ThrottleHit(key=name))
    if tried >= limit:
        minutes = max(per_s // 60, 1)
        raise TooMany(
            f"That was tried too often. Wait {minutes} minutes, then try again.",
            retry_after_s=per_s,
        )
    return limit - tried - 1


def throttle_machine(action: str, *, limit: int, per_s: int) -> None:
    """The same for whoever sits at the network address that the request comes from."""
    throttle(action, request.remote_addr or "", limit=limit, per_s=per_s)


def forgive(action: str, key: str) -> None:
    """Take back the newest attempt: it was a good one."""
    name = _name(action, key)
    newest = select(func.max(ThrottleHit.id)).where(ThrottleHit.key == name).scalar_subquery()
    with apart() as session:
        session.execute(delete(ThrottleHit).where(ThrottleHit.id == newest))


def forgive_machine(action: str) -> None:
    """The same for whoever sits at the network address that the request comes from."""
    forgive(action, request.remote_addr or "")


@job()
def forget_hits() -> None:
    """Drop attempts that no limit looks at any more."""
    begin_writing()
    db.session.execute(
        delete(ThrottleHit).where(ThrottleHit.created_at < clock.now() - timedelta(days=1))
    )


def _name(action: str, key: str) -> str:
    return f"{action} {hashlib.sha256(key.lower().encode()).hexdigest()[:32]}"
