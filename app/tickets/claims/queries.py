"""Reading claims: those that wait to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import func, select

from app.accounts.user import User
from app.attachments.attachment import Attachment
from app.core.db import at_most, db
from app.core.markdown import as_written
from app.core.web.filters import MANY
from app.tickets.claims.claim import Claim, ClaimFile, Why
from app.tickets.ticket import Ticket

ROWS = 50


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A mail that waits; `person` is the name of whoever is known by its address."""

    id: int
    why: Why
    from_address: str
    from_name: str
    person: str | None
    subject: str
    text: str
    came_at: datetime
    ticket_id: int | None
    ticket_subject: str | None
    files: Sequence[str]

    @property
    def body(self) -> Markup:
        """What it says."""
        return as_written(self.text)


_ROWS = (
    select(
        Claim.id, Claim.why, Claim.from_address, Claim.from_name, User.name, Claim.subject,
        Claim.text, Claim.came_at, Claim.ticket_id, Ticket.subject,
    )
    .outerjoin(Ticket, Ticket.id == Claim.ticket_id)
    .outerjoin(User, User.email == Claim.from_address)
    .where(Claim.decided_at.is_(None))
    .order_by(Claim.id)
    .limit(at_most(ROWS))
)  # fmt: skip
_FILES = (
    select(ClaimFile.claim_id, Attachment.name)
    .join(Attachment)
    .join(Claim)
    .where(Claim.decided_at.is_(None))
    .order_by(Attachment.id)
)
UNDECIDED = (
    select(func.count())
    .select_from(select(Claim.id).where(Claim.decided_at.is_(None)).limit(at_most(MANY)).subquery())
    .scalar_subquery()
)
"""How many wait, counted to `MANY` at most."""


def undecided() -> list[ClaimRow]:
    """Those that wait, the oldest first, fifty at most."""
    rows = db.session.execute(_ROWS).all()
    files: dict[int, list[str]] = {}
    if rows:
        for claim_id, name in db.session.execute(_FILES):
            files.setdefault(claim_id, []).append(name)
    return [ClaimRow(*[*row, files.get(row[0], ())]) for row in rows]
