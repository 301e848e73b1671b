"""The night shift of notifications: finding out who is told of what."""

from app.core.jobs import job
from app.notifications import (
    reading,
    telling_authors,
    telling_requesters,
    telling_reviewers,
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
def send_reply_again(message_id: int) -> None:
    """Send the requester a reply that did not arrive."""
    telling_requesters.send_reply_again(message_id)


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
    """Tell staff that the customer wrote."""
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
    """Tell whoever asked of the answer."""
    telling_authors.tell_of_answer(answer_id, by_id=by_id)


@job()
def tell_of_acceptance(answer_id: int, by_id: int) -> None:
    """Tell whoever answered that it helped."""
    telling_authors.tell_of_acceptance(answer_id, by_id=by_id)


@job()
def tell_of_colleague(message_id: int) -> None:
    """Tell staff that a colleague wrote."""
    telling_staff.tell_of_colleague(message_id)


@job()
def tell_of_team(ticket_id: int, team_id: int, by_id: int | None) -> None:
    """Tell a team that a ticket was put before it."""
    telling_staff.tell_of_team(ticket_id, team_id=team_id, by_id=by_id)


@job()
def tell_of_new(ticket_id: int, by_id: int | None) -> None:
    """Tell who wants to hear of every new ticket."""
    telling_staff.tell_of_new(ticket_id, by_id=by_id)


@job()
def tell_of_failure(message_id: int) -> None:
    """Tell who wrote a reply that it did not arrive."""
    telling_staff.tell_of_failure(message_id)


@job()
def tell_of_low_rating(ticket_id: int, by_id: int | None) -> None:
    """Tell whose ticket it is that the customer was not content."""
    telling_staff.tell_of_low_rating(ticket_id, by_id=by_id)


@job()
def tell_of_solution(ticket_id: int, by_id: int | None) -> None:
    """Note for the requester that the ticket is solved."""
    telling_requesters.tell_of_solution(ticket_id, by_id=by_id)


@job()
def tell_of_question(question_id: int, by_id: int) -> None:
    """Tell who wants to hear of every question."""
    telling_authors.tell_of_question(question_id, by_id=by_id)


@job()
def forget_old() -> None:
    """Forget notices that nobody needs any more."""
    reading.forget_old()


@job()
def tell_of_conflict(article_id: str) -> None:
    """Tell those who look after an article that its two texts contradict each other."""
    telling_writers.tell_of_conflict(article_id)


@job()
def tell_of_review(review_id: int, by_id: int) -> None:
    """Tell who is asked to look at a change."""
    telling_reviewers.tell_of_review(review_id, by_id=by_id)


@job()
def tell_of_comment(review_id: int, by_id: int) -> None:
    """Tell the others that somebody commented on a change."""
    telling_reviewers.tell_of_comment(review_id, by_id=by_id)


@job()
def tell_of_return(review_id: int, by_id: int) -> None:
    """Tell who proposed a change that another is asked for."""
    telling_reviewers.tell_of_return(review_id, by_id=by_id)


@job()
def tell_of_approval(review_id: int, by_id: int) -> None:
    """Tell who proposed a change that it is published."""
    telling_reviewers.tell_of_approval(review_id, by_id=by_id)


@job()
def tell_of_due(article_id: str) -> None:
    """Tell who looks after an article that it is due."""
    telling_reviewers.tell_of_due(article_id)
