"""The signature under a reply: that of the mailbox it leaves from, filled for this ticket."""

from app.accounts.user import User
from app.tickets.canned.filling import values_of
from app.tickets.canned.placeholders import filled, missing_in
from app.tickets.ticket import Ticket


def signed(signature: str, *, ticket: Ticket, by: User) -> str:
    """The signature in Markdown, without lines that hold a placeholder for which there is nothing.

    The ticket is loaded with requester and assignee.
    """
    values = values_of(ticket, by=by)
    lines = [line for line in signature.splitlines() if not missing_in(line, values)]
    return filled("\n".join(lines), values).strip()
