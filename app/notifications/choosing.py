"""Choosing how to hear of what.  Only what differs from the default is kept; changes go into the audit."""

from collections.abc import Collection, Mapping
from zoneinfo import available_timezones

from sqlalchemy import delete, select

from app.accounts import auditing
from app.accounts.auditing import Action
from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.uow import verb
from app.notifications.choice import DIGEST_HOUR, Choice, DigestTimes, Every
from app.notifications.occasion import CATALOGUE, Occasion, Side, Way


def concerning(user: User) -> list[Occasion]:
    """What this person may be told of, in the order of the catalogue."""
    return [
        occasion
        for occasion, entry in CATALOGUE.items()
        if entry.side is not Side.STAFF or user.is_staff
    ]


def ways_for(user: User) -> dict[Occasion, Way]:
    """How this person hears of everything that concerns them."""
    rows = select(Choice.occasion, Choice.way).where(Choice.user_id == user.id)
    chosen = {row.occasion: row.way for row in db.session.execute(rows)}
    return {each: chosen.get(each, CATALOGUE[each].default) for each in concerning(user)}


def ways_of(ids: Collection[int], occasion: Occasion) -> dict[int, Way]:
    """How each of these people hears of an occasion."""
    rows = select(Choice.user_id, Choice.way).where(
        Choice.occasion == occasion, Choice.user_id.in_(ids)
    )
    chosen = {row.user_id: row.way for row in db.session.execute(rows)}
    return {each: chosen.get(each, CATALOGUE[occasion].default) for each in ids}


def who_chose(occasion: Occasion) -> set[int]:
    """The ids of everybody who hears of an occasion of which nobody is told by default."""
    wanting = select(Choice.user_id).where(Choice.occasion == occasion, Choice.way != Way.NONE)
    return set(db.session.scalars(wanting))


@verb
def choose(user: User, ways: Mapping[Occasion, Way], *, source: str) -> None:
    """Hear of these occasions in these ways from now on; `source` says where it was chosen.

    Raises InvalidInput (field: the occasion) for a way that cannot be chosen.
    """
    present = ways_for(user)
    for occasion, way in ways.items():
        if way not in CATALOGUE[occasion].ways:
            raise InvalidInput("This cannot be chosen here.", field=occasion)
        if way is not present.get(occasion, way):
            _set(user, occasion, way)
            detail = {"what": occasion.value, "way": way.value, "source": source}
            auditing.note(Action.NOTIFICATIONS_CHANGED, about=user, by=user, **detail)


def _set(user: User, occasion: Occasion, way: Way) -> None:
    its = (Choice.user_id == user.id, Choice.occasion == occasion)
    db.session.execute(delete(Choice).where(*its))
    if way is not CATALOGUE[occasion].default:
        row = Choice(user_id=user.id, occasion=occasion, way=way, chosen_at=clock.now())
        db.session.add(row)


def digest_times(user: User) -> DigestTimes:
    """When this person's digest comes: as they said, or as it is by default."""
    found = db.session.get(DigestTimes, user.id)
    return found or DigestTimes(user_id=user.id, every=Every.DAY, hour=DIGEST_HOUR, zone="")


@verb
def time_digest(user: User, *, every: Every, hour: int, zone: str) -> None:
    """Let the digest come at these times.  Raises InvalidInput (field `zone`)."""
    if zone and zone not in available_timezones():
        raise InvalidInput("There is no such time zone. One is Europe/Berlin.", field="zone")
    row = DigestTimes(user_id=user.id, every=every, hour=hour, zone=zone)
    db.session.merge(row)
