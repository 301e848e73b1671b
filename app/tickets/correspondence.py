"""Mails about a ticket: how they are called, and where they lead."""

import re

from app.core.web.addresses import absolute
from app.tickets.access import follow_token
from app.tickets.message import Message
from app.tickets.ticket import Ticket

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


def copy_id_of(about: str | None) -> int | None:
    """The message of which this mail told somebody beside the requester, if it did."""
    return int(about.removeprefix(COPY)) if about and about.startswith(COPY) else None


def ticket_id_of(conversation: str | None) -> int | None:
    """The ticket that a conversation is about, if it is about one."""
    found = _TICKET.match(conversation or "")
    return int(found[1]) if found else None


def message_id_of(about: str | None) -> int | None:
    """The message whose mail this is, if it is one's."""
    return int(about.removeprefix(MESSAGE)) if about and about.startswith(MESSAGE) else None


def conversation_with(person_id: int, ticket: Ticket) -> str:
    """The thread of all mails that one person gets about the ticket."""
    return f"ticket:{ticket.id} person:{person_id}"


def follow_url(ticket: Ticket, person_id: int | None = None, **values: str) -> str:
    """The page on which the requester, or somebody in copy, reads and answers without an account."""
    return absolute("tickets.show_followed", token=follow_token(ticket, person_id), **values)


def desk_url(ticket: Ticket) -> str:
    """The page on which staff work on it."""
    return absolute("tickets.show_ticket", number=ticket.id)
