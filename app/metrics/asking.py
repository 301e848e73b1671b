"""Metrics: from what people type to the cases they mean."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select

from app.accounts.organisation import Organisation
from app.accounts.people import names_with
from app.accounts.permissions import Permission
from app.accounts.team import Team
from app.accounts.user import User
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.web.nonsense import LARGEST_ID
from app.metrics.filtering import Key, Value, Where, where

NOTHING = "none"


def where_asked(conditions: Iterable[str]) -> Where:
    """The conditions of "KEY=VALUE" texts; several values of one key mean any of them.

    A team, an organisation and a person go by number or by name, a person by mail address too; `none`
    means that nothing was said.  Raises InvalidInput with what is wrong (field: the key, or `filter`).
    """
    wanted: dict[Key, set[Value]] = defaultdict(set)
    for condition in conditions:
        name, sign, value = condition.partition("=")
        try:
            key = Key(name.strip().lower())
        except ValueError:
            raise InvalidInput(
                f"{name!r} is nothing to filter by: choose one of {', '.join(Key)}.", field="filter"
            ) from None
        if not sign or not value.strip():
            raise InvalidInput(f"Write {key}=VALUE, or {key}={NOTHING}.", field="filter")
        wanted[key] |= _values(key, value.strip())
    return where({key: frozenset(values) for key, values in wanted.items()})


def number_in(text: str) -> int | None:
    """The number that stands there, if something could go by it."""
    if not text.isdecimal() or len(text) > len(str(LARGEST_ID)):
        return None
    return number if (number := int(text)) <= LARGEST_ID else None


def _values(key: Key, text: str) -> set[Value]:
    if text == NOTHING:
        return {None}
    match key:
        case Key.TEAM:
            return {text, *_found(text, select(Team.id).where(Team.name == text))}
        case Key.AGENT | Key.ASSIGNEE:
            return _known(key, text, _people(key, text))
        case Key.ORGANISATION:
            named = select(Organisation.id).where(func.lower(Organisation.name) == text.lower())
            return _known(key, text, _found(text, named))
        case Key.QUEUE | Key.TYPE:
            number = number_in(text)
            return {text} if number is None else {text, number}
        case _:
            return {text}


def _found(text: str, named: object) -> set[Value]:
    """A number as it stands, or what bears that name."""
    if (number := number_in(text)) is not None:
        return {number}
    return set(db.session.scalars(named))  # type: ignore[call-overload]


def _people(key: Key, text: str) -> set[Value]:
    """The one of that number, mail address or name; of several of one name, the one who answers tickets."""
    if found := _found(text, select(User.id).where(func.lower(User.email) == text.lower())):
        return found
    named = {*db.session.scalars(select(User.id).where(func.lower(User.name) == text.lower()))}
    found = {*(named if len(named) < 2 else named & names_with(Permission.TICKETS_REPLY).keys())}
    if len(found) > 1:
        raise InvalidInput(f"Several people are called {text}: write a mail address.", field=key)
    return found


def _known(key: Key, text: str, found: set[Value]) -> set[Value]:
    if not found:
        raise InvalidInput(f"There is no {_SOUGHT[key]} {text!r}.", field=key)
    return found


_SOUGHT = {Key.AGENT: "person", Key.ASSIGNEE: "person", Key.ORGANISATION: "organisation"}
