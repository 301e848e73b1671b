"""Holding back a mail that may not be what it says, and deciding what it is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.accounts import people
from app.accounts.user import User
from app.attachments.attachment import Attachment
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.core.uow import made_here, read_again, verb
from app.mail.inbound import InboundMail
from app.mail.receivers import Filed, Ignored, Outcome
from app.mail.settling import decide
from app.tickets import opening, participating, replying
from app.tickets.claims.claim import Claim, Decision, Why
from app.tickets.correspondence import about_message
from app.tickets.events import AuthorKind, MatchConfirmed, MatchQuarantined, MatchRejected
from app.tickets.fact import Match, TicketFact
from app.tickets.history import one_act, record
from app.tickets.mailed import Mailed
from app.tickets.message import Message
from app.tickets.ticket import Channel, Ticket


@verb
def claim(
    *,
    ticket: Ticket | None,
    why: Why,
    inbound_id: int,
    from_address: str,
    from_name: str,
    subject: str,
    text: str,
    whole: str,
    quiet: bool,
    came_at: datetime,
    files: Sequence[Attachment],
) -> Claim:
    """Hold the mail back until somebody has looked at it."""
    held = Claim(
        ticket_id=ticket.id if ticket else None,
        why=why,
        inbound_mail_id=inbound_id,
        from_address=from_address[:300],
        from_name=from_name[:300],
        subject=subject,
        text=text,
        whole=whole,
        quiet=quiet,
        came_at=came_at,
        files=list(files),
    )
    db.session.add(held)
    db.session.flush()  # the fact needs its id
    made_here(held)
    if ticket:
        waits = MatchQuarantined(ticket_id=ticket.id, by_id=None, claim_id=held.id)
        record(waits, actor=AuthorKind.SYSTEM, source="mail")
    return held


def claim_or_404(claim_id: int) -> Claim:
    """The claim with its files.  Raises NotFound."""
    one = select(Claim).where(Claim.id == claim_id).options(selectinload(Claim.files))
    found = db.session.scalar(one)
    if found is None:
        raise NotFound("There is no such mail here any more.")
    return found


@verb
def file_to_ticket(claim: Claim, *, by: User) -> Message:
    """Put it on the ticket that it names.  What colleagues are said to have written becomes a note.

    A ticket that is done for good gets a follow-up.  Raises Conflict when it is decided already, or
    names no ticket.
    """
    _insist_on_open(claim)
    if claim.ticket_id is None:
        raise Conflict("This mail names no ticket. Make it a new one, or ignore it.")
    ticket = db.session.get_one(Ticket, claim.ticket_id)
    read_again(ticket)
    with one_act():
        person = people.person_for(claim.from_address, name=claim.from_name)
        message = _said_on(ticket, claim, person, by=by)
        confirmed = MatchConfirmed(
            ticket_id=ticket.id, by_id=by.id, claim_id=claim.id, message_id=message.id
        )
        record(confirmed, actor=AuthorKind.AGENT)
        _decide(claim, Decision.FILED, Filed(about=about_message(message)), by=by)
    return message


@verb
def file_and_add(claim: Claim, *, by: User) -> Message:
    """The same, and its writer takes part in the ticket from now on.  Raises InvalidInput too."""
    message = file_to_ticket(claim, by=by)
    ticket = db.session.get_one(Ticket, message.ticket_id)
    person = people.person_for(claim.from_address)
    if person.id != ticket.requester_id and not participating.takes_part(person, ticket):
        participating.add_participant(ticket, person, by=by)
    return message


@verb
def open_from(claim: Claim, *, by: User) -> Ticket:
    """Make it a ticket of its own.  Raises Conflict when it is decided already."""
    _insist_on_open(claim)
    with one_act():
        person = people.person_for(claim.from_address, name=claim.from_name)
        ticket = opening.open_ticket(
            requester=person,
            subject=claim.subject,
            text=claim.text,
            files=claim.files,
            channel=Channel.MAIL,
            mail=_mailed(claim, Match.NEW),
        )
        _reject(claim, by=by)
        first = db.session.scalars(select(Message).where(Message.ticket_id == ticket.id)).one()
        _decide(claim, Decision.OPENED, Filed(about=about_message(first)), by=by)
    return ticket


@verb
def ignore(claim: Claim, *, by: User) -> None:
    """Let nothing become of it; the mail itself stays.  Raises Conflict when it is decided already."""
    _insist_on_open(claim)
    _reject(claim, by=by)
    detail = "Somebody looked at it, and nothing needs to become of it."
    _decide(claim, Decision.IGNORED, Ignored(reason="rejected", detail=detail), by=by)


def _said_on(ticket: Ticket, claim: Claim, person: User, *, by: User) -> Message:
    mail = _mailed(claim, Match.CONFIRMED)
    if person.is_staff and person.id != ticket.requester_id:
        head = f"Mail in the name of {person.name} <{person.email}>, without proof:"
        text = f"{head}\n\n{claim.text}"[: replying.LONGEST_TEXT]
        return replying.add_note(ticket, text=text, by=by, files=claim.files, mail=mail)
    if not replying.can_continue(ticket):
        return opening.follow_up(
            ticket, requester=person, subject=claim.subject, text=claim.text,
            files=claim.files, mail=mail,
        )  # fmt: skip
    return replying.reply(
        ticket, text=claim.text, by=person, files=claim.files, channel=Channel.MAIL, mail=mail
    )


def _mailed(claim: Claim, match: Match) -> Mailed:
    return Mailed(
        inbound_id=claim.inbound_mail_id,
        at=claim.came_at,
        match=match,
        whole=claim.whole,
        quiet=claim.quiet,
        doubtful=claim.why in (Why.UNPROVED, Why.COLLEAGUE),
    )


def _reject(claim: Claim, *, by: User) -> None:
    if claim.ticket_id is not None:
        rejected: TicketFact = MatchRejected(
            ticket_id=claim.ticket_id, by_id=by.id, claim_id=claim.id
        )
        record(rejected, actor=AuthorKind.AGENT)


def _decide(claim: Claim, decision: Decision, outcome: Outcome, *, by: User) -> None:
    """What it said stands elsewhere now, or nowhere but in the mail."""
    claim.decision, claim.decided_at, claim.decided_by_id = decision, clock.now(), by.id
    claim.text = claim.whole = ""
    decide(db.session.get_one(InboundMail, claim.inbound_mail_id), outcome, by_id=by.id)


def _insist_on_open(claim: Claim) -> None:
    if claim.decided_at is not None:
        raise Conflict("Somebody else has decided about this mail.")
