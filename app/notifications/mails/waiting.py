"""The notices that wait for a mail: not seen on the site yet, and still to be told."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import ColumnElement, CursorResult, select, update

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.notifications import choosing, following
from app.notifications.access import joined, readable, sight_of, values_of
from app.notifications.notice import WAITING, Notice
from app.notifications.occasion import CATALOGUE, Way


def waiting(user: User, way: Way, *which: ColumnElement[bool]) -> list[Notice]:
    """This person's, the oldest first: of what they may see now and want to hear of in this way now."""
    if not user.is_active:
        return []
    rows = joined(select(Notice)).where(
        readable(sight_of(user)), WAITING, Notice.way == way, *which
    )
    notices: Sequence[Notice] = db.session.scalars(rows.order_by(Notice.id), values_of(user)).all()
    ways, muted = choosing.ways_for(user), following.muted_by(user)
    return [
        each
        for each in notices
        if ways.get(each.occasion) is way
        and (each.ticket_id not in muted or CATALOGUE[each.occasion].through_mute)
    ]


def mark_mailed(notices: Sequence[Notice]) -> None:
    """Say that a mail tells of them.  Part of the verb that queues it.

    Raises Conflict when another mail does: two jobs met, and the one that is tried again finds what is left.
    """
    ids = [each.id for each in notices]
    taken = update(Notice).where(Notice.id.in_(ids), Notice.mailed_at.is_(None))
    marking = taken.values(mailed_at=clock.now()).execution_options(synchronize_session=False)
    if cast("CursorResult[None]", db.session.execute(marking)).rowcount != len(ids):
        raise Conflict("Another mail has just been made of the same.")
