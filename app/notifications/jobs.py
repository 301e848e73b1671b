"""The night shift of notifications: writing the mails."""

from app.core.jobs import job
from app.notifications import (
    telling_authors,
    telling_requesters,
    telling_staff,
    telling_writers,
)


@job()
def confirm_receipt(ticket_id: int) -> None:
    """Write to the requester that the ticket is here."""
    telling_requesters.confirm_receipt(ticket_id)


@job()
def send_reply(message_id: int) -> None:
    """Send the requester what staff wrote."""
    telling_requesters.send_reply(message_id)


@job()
def tell_the_others(message_id: int) -> None:
    """Send what the customer's side wrote to the others of it."""
    telling_requesters.tell_the_others(message_id)


@job()
def tell_of_copy(ticket_id: int, person_id: int, by_id: int) -> None:
    """Send somebody who was brought in the link to the ticket."""
    telling_requesters.tell_of_copy(ticket_id, person_id=person_id, by_id=by_id)


@job()
def tell_of_message(message_id: int) -> None:
    """Tell the assignee that the customer wrote."""
    telling_staff.tell_of_message(message_id)


@job()
def tell_of_mention(message_id: int, to_id: int) -> None:
    """Tell somebody that a colleague called them in a note."""
    telling_staff.tell_of_mention(message_id, to_id=to_id)


@job()
def tell_of_assignment(ticket_id: int, to_id: int, by_id: int) -> None:
    """Tell somebody that a ticket is theirs now."""
    telling_staff.tell_of_assignment(ticket_id, to_id=to_id, by_id=by_id)


@job()
def tell_of_answer(answer_id: int, by_id: int) -> None:
    """Send the answer to whoever asked."""
    telling_authors.tell_of_answer(answer_id, by_id=by_id)


@job()
def tell_of_acceptance(answer_id: int, by_id: int) -> None:
    """Tell whoever answered that it helped."""
    telling_authors.tell_of_acceptance(answer_id, by_id=by_id)


@job()
def tell_of_conflict(article_id: str) -> None:
    """Tell those who look after an article that its two texts contradict each other."""
    telling_writers.tell_of_conflict(article_id)
