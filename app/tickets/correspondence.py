"""Mails about a ticket: how they are called, and where they lead."""

import re

from sqlalchemy import Select, and_, case, or_, select

from app.core.db import db
from app.core.settings import settings
from app.core.web.addresses import absolute
from app.mail.inbound import InboundMail
from app.mail.mailbox import Mailbox
from app.tickets.access import follow_token
from app.tickets.message import Message
from app.tickets.ticket import Ticket

_ANSWERED = re.compile(r"^((re|aw|antw|sv|vs|odp|rif|res|ynt)(\[\d+\])?\s*:\s*)+", re.IGNORECASE)
"""How mail programs begin the subject of an answer, in their languages."""

MESSAGE, COPY, NOTE = "message:", "copy:", "note:"
"""What a mail carries: a message to the requester, the same to anybody else, a note to staff."""

_TICKET = re.compile(r"ticket:(\d+) ")


def about_message(message: Message) -> str:
    """What the mail is about, in the outbox, that brings a message to the requester."""
    return f"{MESSAGE}{message.id}"


def about_copy(message: Message) -> str:
    """The same for anybody else; only the requester's mail decides whether there is an answer."""
    return f"{COPY}{message.id}"


def about_note(note: Message) -> str:
    """What the mail of an internal note is about: what is answered to it is a note too."""
    return f"{NOTE}{note.id}"


def abouts_of(message_id: int) -> list[str]:
    """What all mails are about that hold the text of a message."""
    return [f"{kind}{message_id}" for kind in (MESSAGE, COPY, NOTE)]


def copy_id_of(about: str | None) -> int | None:
    """The message of which this mail told somebody beside the requester, if it did."""
    return int(about.removeprefix(COPY)) if about and about.startswith(COPY) else None


def ticket_id_of(conversation: str | None) -> int | None:
    """The ticket that a conversation is about, if it is about one."""
    found = _TICKET.match(conversation or "")
    return int(found[1]) if found else None


def message_id_of(about: str | None) -> int | None:
    """The message that this mail was to bring to the requester, if it was one."""
    return int(about.removeprefix(MESSAGE)) if about and about.startswith(MESSAGE) else None


def mailbox_of(ticket: Ticket) -> int | None:
    """Where mails about the ticket leave from, and answers to them go.

    That is where it came in, else its team's mailbox, else the desk's own: that of `HEARTH_MAIL_FROM`,
    or the first that belongs to no team.
    """
    first = (
        select(InboundMail.mailbox_id)
        .join(Message, Message.inbound_mail_id == InboundMail.id)
        .where(Message.ticket_id == ticket.id)
        .order_by(Message.id)
        .limit(1)
    )
    came_in, of_team = Mailbox.id == first.scalar_subquery(), Mailbox.team_id == ticket.team_id
    nobodys, own = Mailbox.team_id.is_(None), Mailbox.address == settings().mail_from.lower()
    best = case((came_in, 0), (and_(of_team, ~nobodys), 1), (own, 2), else_=3)
    found = select(Mailbox.id).where(Mailbox.active, or_(came_in, of_team, nobodys, own))
    return db.session.scalar(found.order_by(best, Mailbox.id).limit(1))


def subject_of_answer(ticket: Ticket) -> str:
    """Their subject with one "Re:", so that mail programs show one thread, and the number for people."""
    number = f"[{ticket.number}]"
    subject = _ANSWERED.sub("", ticket.subject.replace(number, "")).strip()
    return f"Re: {subject} {number}"


def letters_of(person_id: int, ticket: Ticket) -> Select[int | None]:
    """The mails by which somebody wrote on the ticket, by their ids in the ledger of incoming mail."""
    said = Message.ticket_id == ticket.id, Message.author_id == person_id
    return select(Message.inbound_mail_id).where(*said, Message.inbound_mail_id.is_not(None))


def conversation_with(person_id: int, ticket: Ticket) -> str:
    """The thread of all mails that one person gets about the ticket."""
    return f"ticket:{ticket.id} person:{person_id}"


def follow_url(ticket: Ticket, person_id: int | None = None, **values: str) -> str:
    """The page on which the requester, or somebody in copy, reads and answers without an account."""
    return absolute("tickets.show_followed", token=follow_token(ticket, person_id), **values)


def desk_url(ticket: Ticket) -> str:
    """The page on which staff work on it."""
    return absolute("tickets.show_ticket", number=ticket.id)
