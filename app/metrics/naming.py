"""Metrics: what teams, people and organisations are called."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from app.accounts.organisation import Organisation
from app.accounts.people import STAMP, names_with
from app.accounts.permissions import Permission
from app.accounts.teams import team_names
from app.accounts.user import User
from app.core.db import at_most, db, like
from app.core.web.remembering import remembered
from app.metrics.filtering import Key

OFFERED = 8


def names_of(key: Key) -> Mapping[int, str]:
    """Names by number: of teams, or of those who answer tickets."""
    return team_names() if key is Key.TEAM else names_with(Permission.TICKETS_REPLY)


def has_organisations() -> bool:
    """Whether the desk knows any."""

    def read() -> bool:
        return db.session.scalar(select(Organisation.id).limit(at_most(1))) is not None

    return remembered(STAMP, "has organisations", read)


def name_of(key: Key, number: int) -> str:
    """What an organisation or a person is called, or the number of one that is not here."""
    model = Organisation if key is Key.ORGANISATION else User
    return db.session.scalar(select(model.name).where(model.id == number)) or str(number)


def people_like(text: str) -> Sequence[str]:
    """The names of a few of those who answer tickets, of which a word begins so."""
    said = text.casefold()
    names = names_of(Key.AGENT).values()
    return [name for name in names if f" {name.casefold()}".find(f" {said}") >= 0][:OFFERED]


def organisations_like(text: str) -> Sequence[str]:
    """The names of a few organisations that begin so."""
    begins = func.lower(Organisation.name).like(f"{like(text.lower())}%", escape="/")
    names = select(Organisation.name).where(begins).order_by(Organisation.name)
    return db.session.scalars(names.limit(at_most(OFFERED))).all()
