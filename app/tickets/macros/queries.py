"""Reading macros."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, func, select

from app.accounts.user import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.web.remembering import remembered
from app.tickets.macros.macro import Changes, Macro, Says
from app.tickets.message import Message
from app.tickets.shelf import STAMP, Shelved, in_reach, reach_of
from app.tickets.ticket import WORDS, Ticket


@dataclass(frozen=True, slots=True)
class MacroRow:
    """A macro in a list; `does` is what it does, in a few words."""

    id: int
    title: str
    owner_id: int | None
    team_id: int | None
    does: str

    shelf = Shelved.shelf


_ROWS = (
    select(Macro.id, Macro.title, Macro.owner_id, Macro.team_id, Macro.stored, Macro.says)
    .where(in_reach(Macro))
    .order_by(Macro.title, Macro.id)
)
_ONE = select(Macro).where(Macro.id == bindparam("id", type_=Integer), in_reach(Macro))


def macros(user: Person) -> Sequence[MacroRow]:
    """Those that this person may use, in the order of the alphabet."""
    reach = reach_of(user)

    def read() -> list[MacroRow]:
        return [
            MacroRow(key, title, owner, team, in_words(Changes.from_json(stored), says))
            for key, title, owner, team, stored, says in db.session.execute(_ROWS, reach)
        ]

    return remembered(STAMP, ("macros", str(reach)), read)


def macro_or_404(id: int, user: Person) -> Macro:
    """One that this person may use.  Raises NotFound."""
    found = db.session.scalar(_ONE, {"id": id} | reach_of(user))
    if found is None:
        raise NotFound("There is no such macro here any more.")
    return found


def latest_message(ticket: Ticket) -> int:
    """The id of the latest message of the ticket."""
    latest = select(func.max(Message.id)).where(Message.ticket_id == ticket.id)
    return db.session.scalar(latest) or 0


def in_words(changes: Changes, says: Says) -> str:
    """What it does, in a few words."""
    said = {Says.REPLY: "Sends a reply", Says.NOTE: "Adds a note"}
    told = [
        said.get(says, ""),
        WORDS[changes.status] if changes.status else "",
        f"{changes.priority.capitalize()} priority" if changes.priority else "",
        "assigns" if changes.assignee is not None else "",
        "moves to a team" if changes.team else "",
        *(f"+{tag}" for tag in changes.add_tags),
        *(f"−{tag}" for tag in changes.remove_tags),
    ]
    return ", ".join(each for each in told if each)
