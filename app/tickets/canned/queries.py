"""Reading canned replies."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, select

from app.accounts.user import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.web.remembering import remembered
from app.tickets.canned.canned_reply import CannedReply
from app.tickets.shelf import STAMP, Shelved, in_reach, reach_of


@dataclass(frozen=True, slots=True)
class CannedRow:
    """A canned reply in a list."""

    id: int
    title: str
    owner_id: int | None
    team_id: int | None

    shelf = Shelved.shelf


_NAMES = (
    select(CannedReply.id, CannedReply.title, CannedReply.owner_id, CannedReply.team_id)
    .where(in_reach(CannedReply))
    .order_by(CannedReply.title, CannedReply.id)
)
_ONE = select(CannedReply).where(
    CannedReply.id == bindparam("id", type_=Integer), in_reach(CannedReply)
)


def canned_replies(user: Person) -> Sequence[CannedRow]:
    """Those that this person may use, in the order of the alphabet."""
    reach = reach_of(user)

    def read() -> list[CannedRow]:
        return [CannedRow(*row) for row in db.session.execute(_NAMES, reach)]

    return remembered(STAMP, ("canned", str(reach)), read)


def canned_or_404(id: int, user: Person) -> CannedReply:
    """One that this person may use.  Raises NotFound."""
    found = db.session.scalar(_ONE, {"id": id} | reach_of(user))
    if found is None:
        raise NotFound("There is no such canned reply here any more.")
    return found
