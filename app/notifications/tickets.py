"""Who is told of what happens to tickets.  Internal notes are told to those whom they name."""

from app.notifications import jobs
from app.tickets.events import (
    Assigned,
    MentionAdded,
    MessageReceived,
    MessageReleased,
    MessageResent,
    Method,
    ParticipantAdded,
    TicketCreated,
)
from app.tickets.ticket import Channel


def on_created(fact: TicketCreated) -> None:
    """The requester gets the link to follow it, unless they work here, or we began and write to them.

    No machine answers a machine.
    """
    told_otherwise = fact.requester_is_agent or fact.agent_initiated or fact.quiet
    if fact.channel is not Channel.IMPORT and not told_otherwise:
        jobs.confirm_receipt.later(ticket_id=fact.ticket_id)


def on_released(fact: MessageReleased) -> None:
    """The requester gets the reply."""
    jobs.send_reply.later(message_id=fact.message_id)


def on_resent(fact: MessageResent) -> None:
    """The requester gets the reply that did not arrive."""
    jobs.send_reply_again.later(message_id=fact.message_id)


def on_received(fact: MessageReceived) -> None:
    """Whoever works on it hears that the customer wrote, and so do the others of the customer's side.

    Of what a machine wrote for them, nobody.
    """
    if fact.is_auto_reply:
        return
    jobs.tell_of_message.later(message_id=fact.message_id)
    jobs.tell_the_others.later(message_id=fact.message_id)


def on_participant_added(fact: ParticipantAdded) -> None:
    """Whoever was brought in gets the link, unless they came by themselves."""
    if fact.person_id != fact.by_id and fact.by_id is not None:
        jobs.tell_of_copy.later(
            ticket_id=fact.ticket_id, person_id=fact.person_id, by_id=fact.by_id
        )


def on_mentioned(fact: MentionAdded) -> None:
    """Whoever is called in a note gets it."""
    jobs.tell_of_mention.later(message_id=fact.message_id, to_id=fact.mentioned_id)


def on_assigned(fact: Assigned) -> None:
    """Whoever is given a ticket hears of it, unless they took it themselves."""
    if fact.method is Method.MANUAL and fact.by_id != fact.to_id and fact.by_id is not None:
        jobs.tell_of_assignment.later(ticket_id=fact.ticket_id, to_id=fact.to_id, by_id=fact.by_id)
