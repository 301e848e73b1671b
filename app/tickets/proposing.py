"""Proposing people for a ticket who stood on its mails, and deciding about them: nobody joins by it alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, func, select

from app.accounts import people
from app.accounts.user import User
from app.core.db import at_most, db, insert_into, plain_rows
from app.core.errors import InvalidInput, NotFound
from app.core.uow import verb
from app.tickets.message import Message
from app.tickets.participant import Participant
from app.tickets.participating import add_participant
from app.tickets.proposed_person import MOST, ProposedPerson
from app.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """An address that waits, and by what name we know it, if we do."""

    id: int
    address: str
    name: str | None


_WAITING = (
    select(ProposedPerson.id, ProposedPerson.address, User.name)
    .outerjoin(User, User.email == ProposedPerson.address)
    .where(
        ProposedPerson.ticket_id == bindparam("ticket", type_=Integer),
        ~ProposedPerson.dismissed,
    )
    .order_by(ProposedPerson.id)
    .limit(at_most(MOST))
)


def propose(addresses: Iterable[str], *, message: Message) -> None:
    """Note who else got the mail of this message, if they are not on the ticket.  Part of a verb."""
    wanted = [each for each in map(_normal, addresses) if each][:MOST]
    here = select(User.email).where(
        User.email.in_(wanted),
        User.id.in_(
            select(Participant.user_id)
            .where(Participant.ticket_id == message.ticket_id)
            .union(select(Ticket.requester_id).where(Ticket.id == message.ticket_id))
        )
        | (User.id == message.author_id)
        | User.deactivated_at.is_not(None),
    )
    known = set(db.session.scalars(here)) if wanted else set()
    rows = [
        {"ticket_id": message.ticket_id, "address": each, "message_id": message.id}
        for each in wanted[: MOST - _count(message.ticket_id)]
        if each not in known
    ]
    if rows:
        db.session.execute(insert_into(ProposedPerson).on_conflict_do_nothing(), rows)


def proposals(ticket: Ticket) -> Sequence[ProposalRow]:
    """Who waits on this ticket."""
    return [ProposalRow(*row) for row in plain_rows(_WAITING, {"ticket": ticket.id})]


def proposal_or_404(ticket: Ticket, proposal_id: int) -> ProposedPerson:
    """One of them.  Raises NotFound."""
    one = select(ProposedPerson).where(
        ProposedPerson.id == proposal_id, ProposedPerson.ticket_id == ticket.id
    )
    found = db.session.scalar(one)
    if found is None:
        raise NotFound("This proposal was decided already.")
    return found


@verb
def accept(proposal: ProposedPerson, *, by: User) -> User:
    """Let them take part.  Raises InvalidInput and InvalidTransition as `add_participant` does."""
    ticket = db.session.get_one(Ticket, proposal.ticket_id)
    person = people.person_for(proposal.address)
    add_participant(ticket, person, by=by)
    db.session.delete(proposal)
    return person


@verb
def dismiss(proposal: ProposedPerson) -> None:
    """Leave them out, also when the next mail names them again."""
    proposal.dismissed = True


def _normal(address: str) -> str:
    try:
        return people.normal_address(address)
    except InvalidInput:
        return ""


def _count(ticket_id: int) -> int:
    """How many wait there, counted to the most there can be."""
    waiting = select(func.count()).where(ProposedPerson.ticket_id == ticket_id)
    return min(db.session.scalar(waiting) or 0, MOST)
