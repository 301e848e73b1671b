"""Mails about a ticket: how they are called, and where they lead."""

from app.core.web.addresses import absolute
from app.tickets.access import follow_token
from app.tickets.message import Message
from app.tickets.ticket import Ticket

MESSAGE = "message:"


def about_message(message: Message) -> str:
    """What the mail of a message is about, in the outbox."""
    return f"{MESSAGE}{message.id}"


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
