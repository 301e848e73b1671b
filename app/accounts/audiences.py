"""Audiences: the names under which the search index knows who may see a document."""

from app.accounts.permissions import Permission
from app.accounts.user import Person

PUBLIC = "public"
SIGNED_IN = "signed_in"
AGENTS = "agents"


def person(user_id: int) -> str:
    """The audience of one person."""
    return f"person:{user_id}"


def organisation(organisation_id: int) -> str:
    """The audience of everybody in an organisation."""
    return f"organisation:{organisation_id}"


def audiences_of(user: Person) -> frozenset[str]:
    """Every audience that a person belongs to."""
    found = {PUBLIC}
    if user.id is not None:
        found |= {SIGNED_IN, person(user.id)}
        if user.organisation_id is not None:
            found.add(organisation(user.organisation_id))
    if user.may(Permission.ARTICLES_READ_INTERNAL):
        found.add(AGENTS)
    return frozenset(found)
