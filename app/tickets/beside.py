"""What stands beside the conversation for those who work on it: their draft, and who was proposed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, and_, bindparam, exists, select

from app.accounts.user import User
from app.core.db import plain_rows
from app.tickets.draft import Draft
from app.tickets.proposed_person import ProposedPerson
from app.tickets.proposing import ProposalRow, proposals
from app.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Beside:
    """What this person has begun to write, and the people who were proposed for the ticket."""

    draft: Draft | None
    proposals: Sequence[ProposalRow]


def beside(ticket: Ticket, user: User) -> Beside:
    """Read both; in one statement while nobody waits, which is nearly always."""
    (row,) = plain_rows(_BESIDE, {"person": user.id, "ticket": ticket.id})
    draft = Draft(kind=row.kind, text=row.text, updated_at=row.updated_at) if row.kind else None
    return Beside(draft, proposals(ticket) if row.somebody_waits else ())


_BESIDE = (
    select(
        Draft.kind,
        Draft.text,
        Draft.updated_at,
        exists()
        .where(ProposedPerson.ticket_id == Ticket.id, ~ProposedPerson.dismissed)
        .label("somebody_waits"),
    )
    .select_from(Ticket)
    .outerjoin(
        Draft,
        and_(Draft.ticket_id == Ticket.id, Draft.user_id == bindparam("person", type_=Integer)),
    )
    .where(Ticket.id == bindparam("ticket", type_=Integer))
)
