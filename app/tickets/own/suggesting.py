"""What may spare somebody a new ticket: guides and questions about the same, and tickets they have open."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.audiences import audiences_of
from app.accounts.user import Person, User
from app.search.document import Hit
from app.search.query import find
from app.tickets.own.queries import OwnRow, few_open

SHORTEST = 4
MOST = 4


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found, and what is open."""

    hits: Sequence[Hit] = ()
    open: Sequence[OwnRow] = ()


def suggestions(subject: str, user: Person) -> Suggestions:
    """For a subject that somebody types; nothing for a few letters."""
    if len(subject.strip()) < SHORTEST:
        return Suggestions()
    found = find(
        subject,
        viewer=user,
        audiences=audiences_of(user),
        kinds=("article", "question"),
        per_page=MOST,
    )
    return Suggestions(found.items, few_open(user) if isinstance(user, User) else ())
