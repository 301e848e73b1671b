"""Shelves: where staff keep what they use again, for themselves, for a team or for everybody."""

from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Integer, and_, bindparam, or_

from app.accounts import teams
from app.accounts.permissions import Permission
from app.accounts.user import Person, User
from app.core.db import Mapped, mapped_column
from app.core.errors import InvalidInput, NotAllowed

STAMP = "shelves"
"""Stands for everything that lies on shelves: whoever changes some of it bumps it."""


LONGEST_TITLE = 200


class Shelf(StrEnum):
    """Who finds it there."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


class Shelved:
    """Something on a shelf: its owner's, a team's, or, with neither, everybody's."""

    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    team_id: Mapped[int | None] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), index=True
    )

    @property
    def shelf(self) -> Shelf:
        """Where it lies."""
        if self.owner_id is not None:
            return Shelf.OWN
        return Shelf.ALL if self.team_id is None else Shelf.TEAM


def in_reach(kind: type[Shelved]) -> ColumnElement[bool]:
    """The condition that leaves only what a person may use; needs `reach_of` them as values."""
    everybodys = and_(kind.owner_id.is_(None), kind.team_id.is_(None))
    team = kind.team_id.in_(bindparam("teams", expanding=True, type_=Integer))
    return or_(kind.owner_id == bindparam("me", type_=Integer), team, everybodys)


def reach_of(user: Person) -> dict[str, object]:
    """Who this person is, as `in_reach` asks it."""
    mine = teams.teams_of(user.id) if user.id is not None else ()
    return {"me": user.id, "teams": sorted(mine)}


def may_change(user: Person, thing: Shelved) -> bool:
    """Whether this person may change or delete it: the owner, the team, and leads what is everybody's."""
    match thing.shelf:
        case Shelf.OWN:
            return thing.owner_id == user.id
        case Shelf.TEAM:
            return user.id is not None and thing.team_id in teams.teams_of(user.id)
        case Shelf.ALL:
            return user.may(Permission.TICKETS_SHARE)


def put(thing: Shelved, shelf: Shelf, *, team_id: int | None, by: User) -> None:
    """Lay it there.  Part of a verb.  Raises InvalidInput (fields `shelf`, `team`) and NotAllowed."""
    if shelf is Shelf.ALL and not by.may(Permission.TICKETS_SHARE):
        raise InvalidInput("Only a lead may share it with everybody.", field="shelf")
    if shelf is Shelf.TEAM and team_id not in teams.teams_of(by.id):
        raise InvalidInput("Choose a team that you are in.", field="team")
    thing.owner_id = by.id if shelf is Shelf.OWN else None
    thing.team_id = team_id if shelf is Shelf.TEAM else None


def insist_on_change(thing: Shelved, *, by: User) -> None:
    """Raises NotAllowed for somebody who may use it, but not change it."""
    if not may_change(by, thing):
        raise NotAllowed("You may use this, but not change it: it belongs to everybody.")


def normal_title(title: str) -> str:
    """The title in one line.  Raises InvalidInput (field `title`)."""
    title = " ".join(title.split())
    if not title.isprintable() or not 1 <= len(title) <= LONGEST_TITLE:
        raise InvalidInput(f"A title has 1 to {LONGEST_TITLE} characters.", field="title")
    return title
