"""Making teams, and saying who is in them."""

from collections.abc import Collection, Mapping

from sqlalchemy import Integer, bindparam, delete, func, select

from app.accounts import auditing, people
from app.accounts.auditing import Action
from app.accounts.permissions import Permission
from app.accounts.team import LONGEST_NAME, Team, TeamMember
from app.accounts.user import User
from app.core.db import db
from app.core.errors import InvalidInput, NotAllowed, NotFound
from app.core.uow import verb
from app.core.web.page_cache import bump
from app.core.web.remembering import remembered

_NAMES = select(Team.id, Team.name).order_by(Team.name)
_MEMBERS = select(TeamMember.team_id, TeamMember.user_id)
_OF_PERSON = select(TeamMember.team_id).where(
    TeamMember.user_id == bindparam("person", type_=Integer)
)


def team_names() -> Mapping[int, str]:
    """The names of all teams by id, in the order of the alphabet."""

    def read() -> dict[int, str]:
        return {row.id: row.name for row in db.session.execute(_NAMES)}

    return remembered(people.STAMP, "teams", read)


def members() -> Mapping[int, frozenset[int]]:
    """The ids of the people in each team that has any."""

    def read() -> dict[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        for team_id, user_id in db.session.execute(_MEMBERS):
            found.setdefault(team_id, set()).add(user_id)
        return {team_id: frozenset(ids) for team_id, ids in found.items()}

    return remembered(people.STAMP, "team members", read)


def teams_of(user_id: int) -> frozenset[int]:
    """The ids of the teams that a person is in."""

    def read() -> frozenset[int]:
        return frozenset(db.session.scalars(_OF_PERSON, {"person": user_id}))

    return remembered(people.STAMP, ("teams of", user_id), read)


def team_or_404(team_id: int) -> Team:
    """The team.  Raises NotFound."""
    team = db.session.get(Team, team_id)
    if team is None:
        raise NotFound("There is no such team here any more.")
    return team


@verb
def make_team(*, name: str, by: User | None) -> Team:
    """A new team with nobody in it.  Raises NotAllowed, and InvalidInput (field `name`)."""
    _insist_on_manager(by)
    team = Team(name=_free_name(name))
    db.session.add(team)
    db.session.flush()  # whoever fills it names it by its id
    bump(people.STAMP)
    return team


@verb
def rename_team(team: Team, *, name: str, by: User | None) -> None:
    """Call it by another name.  Raises NotAllowed, and InvalidInput (field `name`)."""
    _insist_on_manager(by)
    if name != team.name:
        team.name = _free_name(name, besides=team)
        bump(people.STAMP)


@verb
def set_members(team: Team, *, ids: Collection[int], by: User | None) -> None:
    """Leave exactly these people in the team.  Raises NotAllowed; InvalidInput (field `members`).

    Only people who answer tickets can be in a team.
    """
    _insist_on_manager(by)
    wanted = set(ids)
    if not wanted <= set(people.names_with(Permission.TICKETS_READ)):
        raise InvalidInput("Only people who answer tickets can be in a team.", field="members")
    of_team = TeamMember.team_id == team.id
    present = set(db.session.scalars(select(TeamMember.user_id).where(of_team)))
    changed = people.people_by_id(sorted(wanted ^ present))
    for person_id in sorted(wanted - present):
        db.session.add(TeamMember(team_id=team.id, user_id=person_id))
        auditing.note(Action.TEAM_JOINED, about=changed[person_id], by=by, team=team.name)
    for person_id in sorted(present - wanted):
        db.session.execute(delete(TeamMember).where(of_team, TeamMember.user_id == person_id))
        auditing.note(Action.TEAM_LEFT, about=changed[person_id], by=by, team=team.name)
    bump(people.STAMP)


def _insist_on_manager(by: User | None) -> None:
    if by is not None and not by.may(Permission.PEOPLE_MANAGE):
        raise NotAllowed("Only an administrator makes and changes teams.")


def _free_name(name: str, *, besides: Team | None = None) -> str:
    name = _normal_name(name)
    same = select(Team.id).where(func.lower(Team.name) == name.lower())
    taken = db.session.scalar(same.where(Team.id != besides.id) if besides else same)
    if taken is not None:
        raise InvalidInput("There is a team of that name already.", field="name")
    return name


def _normal_name(name: str) -> str:
    name = " ".join(name.split())
    if not name.isprintable() or not 1 <= len(name) <= LONGEST_NAME:
        raise InvalidInput(f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    return name
