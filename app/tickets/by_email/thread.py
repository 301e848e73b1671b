"""Which ticket a mail belongs to: by what only its readers can know, never by a number alone (D5)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.web.nonsense import LARGEST_ID
from app.mail import signed_address
from app.mail.inbound import InboundMail
from app.mail.outbound import OutboundMail
from app.mail.parsing.parsed import ParsedMail
from app.mail.receivers import Incoming
from app.tickets.by_email.sender import Sender
from app.tickets.correspondence import ticket_id_of
from app.tickets.fact import Match
from app.tickets.message import Message
from app.tickets.ticket import Ticket

MOST_IDS = 30
MOST_TICKETS = 3
"""So many that a mail names are looked at; it costs the same, whatever it names."""

_NUMBER = re.compile(r"\[#?(\d{1,9})\]")


@dataclass(frozen=True)
class Thread:
    """A ticket, by what the mail names it, and the mail of ours that it answers, where we know that."""

    ticket: Ticket
    match: Match
    answers: OutboundMail | None = None


_Found = tuple[int, Match, OutboundMail | None]


def thread_of(incoming: Incoming, sender: Sender) -> Thread | None:
    """The ticket that the mail names on which its sender may write, else the first that it names."""
    found = [*_by_address(incoming, sender), *_by_references(incoming.mail)]
    ids = list(dict.fromkeys(ticket_id for ticket_id, _, _ in found))[:MOST_TICKETS]
    tickets = _tickets(ids)
    named = [Thread(tickets[key], match, ours) for key, match, ours in found if key in tickets]
    theirs = {key for key, ticket in tickets.items() if sender.may_write_on(ticket)}
    return next((each for each in named if each.ticket.id in theirs), named[0] if named else None)


def offered_by(mail: ParsedMail, sender: Sender) -> Ticket | None:
    """The ticket whose number stands in the subject, if its sender may write there: no more than a hint."""
    number = _NUMBER.search(mail.subject)
    ticket = _tickets([min(int(number[1]), LARGEST_ID)]) if number else {}
    return next((each for each in ticket.values() if sender.may_write_on(each)), None)


def signed_in(incoming: Incoming) -> list[int]:
    """The mails of the outbox that the addresses name to which it was sent, by what we signed."""
    mail = incoming.mail
    addresses = (incoming.envelope_to, *mail.delivered_to, *mail.to, *mail.cc)
    said = (signed_address.read(each) for each in dict.fromkeys(addresses) if each)
    return list(dict.fromkeys(each.mail_id for each in said if each))[:MOST_IDS]


def _by_address(incoming: Incoming, sender: Sender) -> Iterator[_Found]:
    """By signed addresses: first those that were made for this sender."""
    ids = signed_in(incoming)
    if not ids:
        return
    mails = db.session.scalars(select(OutboundMail).where(OutboundMail.id.in_(ids))).all()
    for ours in sorted(mails, key=lambda each: each.to_address.lower() != sender.address):
        if ticket_id := ticket_id_of(ours.conversation):
            yield ticket_id, Match.TOKEN, ours


def _by_references(mail: ParsedMail) -> Iterator[_Found]:
    """By ids of mails that we sent, or that became messages; the nearest first."""
    ids = _ids(mail)
    if not ids:
        return
    spelled = [*ids, *(f"<{each}>" for each in ids)]
    named: dict[str, _Found] = {}
    sent = select(OutboundMail).where(OutboundMail.message_id.in_(spelled))
    for ours in db.session.scalars(sent):
        if ticket_id := ticket_id_of(ours.conversation):
            named[ours.message_id.strip("<>")] = (ticket_id, Match.REFERENCES, ours)
    came = (
        select(InboundMail.message_id, Message.ticket_id)
        .join(Message, Message.inbound_mail_id == InboundMail.id)
        .where(InboundMail.message_id.in_(spelled))
    )
    for message_id, ticket_id in db.session.execute(came):
        named.setdefault((message_id or "").strip("<>"), (ticket_id, Match.REFERENCES, None))
    yield from (named[each] for each in ids if each in named)


def _ids(mail: ParsedMail) -> list[str]:
    nearest = (mail.in_reply_to or "", *reversed(mail.references))
    known = (each.strip("<>") for each in nearest)
    return list(dict.fromkeys(each for each in known if 0 < len(each) <= 248))[:MOST_IDS]


def _tickets(ids: Sequence[int]) -> dict[int, Ticket]:
    if not ids:
        return {}
    wanted = select(Ticket).where(Ticket.id.in_(ids)).options(joinedload(Ticket.requester))
    found = {ticket.id: ticket for ticket in db.session.scalars(wanted)}
    return {key: found[key] for key in ids if key in found}
