"""The named people of the tests."""

from dataclasses import dataclass

from app.accounts import people
from app.accounts.permissions import Role
from app.accounts.user import HeldRole, User
from app.core import clock
from app.core.uow import unit_of_work


@dataclass(frozen=True)
class Cast:
    """Ada leads, Ben answers, Cleo and Dov ask, Eve has no business here, Mia moderates, Ann administers."""

    lead: User
    agent: User
    customer: User
    other_customer: User
    stranger: User
    moderator: User
    admin: User


def make_cast() -> Cast:
    with unit_of_work():
        return Cast(
            lead=person("Ada Lead", Role.LEAD),
            agent=person("Ben Agent", Role.AGENT),
            customer=person("Cleo Customer"),
            other_customer=person("Dov Customer"),
            stranger=person("Eve Stranger"),
            moderator=person("Mia Moderator", Role.MODERATOR),
            admin=person("Ann Admin", Role.ADMIN),
        )


def person(name: str, *roles: Role) -> User:
    """Somebody with a confirmed account."""
    user = people.person_for(f"{name.split()[0].lower()}@house.example", name=name)
    user.confirmed_at = clock.now()
    user.held = [HeldRole(role=role) for role in roles]
    return user
