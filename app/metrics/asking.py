"""Metrics: from what people type to the cases they mean."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select

from app.accounts.organisation import Organisation
from app.accounts.team import Team
from app.accounts.user import User
from app.core.db import db
from app.core.errors import InvalidInput
from app.metrics.filtering import Key, Value, Where, where

NOTHING = "none"


def where_asked(conditions: Iterable[str]) -> Where:
    """The conditions of "KEY=VALUE" texts; several values of one key mean any of them.

    A team, an organisation and a person go by number, or by name (a person by mail address); `none`
    means that nothing was said.  Raises InvalidInput (field `filter`) with what is wrong.
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


def _values(key: Key, text: str) -> set[Value]:
    if text == NOTHING:
        return {None}
    match key:
        case Key.TEAM:
            return {text, *_found(text, select(Team.id).where(Team.name == text))}
        case Key.AGENT | Key.ASSIGNEE:
            mail = select(User.id).where(func.lower(User.email) == text.lower())
            return _known(key, text, _found(text, mail))
        case Key.ORGANISATION:
            named = select(Organisation.id).where(Organisation.name == text)
            return _known(key, text, _found(text, named))
        case Key.QUEUE | Key.TYPE:
            return {text, int(text)} if text.isdecimal() else {text}
        case _:
            return {text}


def _found(text: str, named: object) -> set[Value]:
    """A number as it stands, or what bears that name."""
    if text.isdecimal():
        return {int(text)}
    return set(db.session.scalars(named))  # type: ignore[call-overload]


def _known(key: Key, text: str, found: set[Value]) -> set[Value]:
    if not found:
        raise InvalidInput(f"There is no {key} {text!r}.", field="filter")
    return found
