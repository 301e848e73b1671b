"""The people of the demo in the database: making their accounts, finding them again."""

from collections.abc import Collection

from sqlalchemy import select

from app.accounts import changing_roles, organisations, people, registering, teams
from app.accounts.organisation import Organisation
from app.accounts.permissions import Role
from app.accounts.registration import Registration
from app.accounts.team import Team, TeamMember
from app.accounts.user import User
from app.core.db import db
from app.core.uow import begin_writing
from app.ops.demo import stories
from app.ops.demo.stories import Someone


class Cast:
    """Everybody by the key that the stories call them."""

    def __init__(self, *, password_hash: str) -> None:
        self._password_hash = password_hash
        self._guests = {guest.key: guest for guest in stories.guests()}
        self._users: dict[str, User] = {}

    def join(self, who: Someone) -> None:
        """Make the account, as if a registration had been confirmed, and give the roles."""
        begin_writing()
        asked = Registration(name=who.name, email=who.address, password_hash=self._password_hash)
        db.session.add(asked)
        db.session.flush()  # confirming re-reads and then deletes the row
        user = registering.confirm(asked)
        for role in who.roles:
            if role != Role.USER:
                changing_roles.grant(user, role=Role(role), by=None)
        for name in who.teams:
            self._let_into(name, user)
        if who.organisation:
            organisations.join(user, self._organisation(who.organisation), by=None)
        self._users[who.key] = user

    def team_for(self, tags: Collection[str]) -> Team | None:
        """The team that looks after one of these."""
        for name, about in stories.teams().items():
            if not about.isdisjoint(tags):
                return self._team(name)
        return None

    def _organisation(self, name: str) -> Organisation:
        found = db.session.scalar(select(Organisation).where(Organisation.name == name))
        if found is not None:
            return found
        made = organisations.make_organisation(name=name, by=None)
        if stories.organisations()[name]:
            organisations.open_up(made, by=None)
        return made

    def _team(self, name: str) -> Team:
        found = db.session.scalar(select(Team).where(Team.name == name))
        return found or teams.make_team(name=name, by=None)

    def _let_into(self, name: str, user: User) -> None:
        team = self._team(name)
        present = db.session.scalars(
            select(TeamMember.user_id).where(TeamMember.team_id == team.id)
        )
        teams.set_members(team, ids=[*present, user.id], by=None)

    def __getitem__(self, key: str) -> User:
        """The person; a guest is met when first needed."""
        if key in self._guests and key not in self._users:
            guest = self._guests[key]
            self._users[key] = people.person_for(guest.address, name=guest.name)
        return self._users[key]
