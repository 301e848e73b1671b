"""Who is told of what happens to tickets.  Internal notes are told to staff alone."""

from app.notifications import jobs, reading
from app.notifications.matter import Matter
from app.tickets.events import (
    Assigned,
    Cause,
    MentionAdded,
    MessageQueued,
    MessageReceived,
    MessageReleased,
    MessageResent,
    Method,
    NoteAdded,
    ParticipantAdded,
    ReplyVoided,
    StatusChanged,
    SurveyAnswered,
    SurveyRevised,
    TeamChanged,
    TicketCreated,
)
from app.tickets.ticket import DONE, Channel

LOW = 2
"""The best rating of which staff are told that somebody was not content."""


def on_created(fact: TicketCreated) -> None:
    """The requester gets the link to follow it, unless they work here, or we began and write to them.

    No machine answers a machine.
    """
    if fact.channel is Channel.IMPORT:
        return
    if not (fact.requester_is_agent or fact.agent_initiated or fact.quiet):
        jobs.confirm_receipt.later(ticket_id=fact.ticket_id)
    jobs.tell_of_new.later(ticket_id=fact.ticket_id, by_id=fact.by_id)


def on_released(fact: MessageReleased) -> None:
    """The requester gets the reply; colleagues who work on the ticket or follow it hear of it."""
    jobs.send_reply.later(message_id=fact.message_id)
    jobs.tell_of_colleague.later(message_id=fact.message_id)


def on_resent(fact: MessageResent) -> None:
    """The requester gets the reply that did not arrive."""
    jobs.send_reply_again.later(message_id=fact.message_id)


def on_received(fact: MessageReceived) -> None:
    """Whoever works on it hears that the customer wrote, and so do the others of the customer's side.

    Of what a machine wrote in somebody's name nobody is told.
    """
    if not fact.is_auto_reply:
        jobs.tell_of_message.later(message_id=fact.message_id)
        jobs.tell_the_others.later(message_id=fact.message_id)


def on_noted(fact: NoteAdded) -> None:
    """Colleagues who work on the ticket or follow it hear of the note."""
    jobs.tell_of_colleague.later(message_id=fact.message_id)


def on_written(fact: MessageReceived | MessageQueued | NoteAdded) -> None:
    """Whoever writes on a ticket has seen what there was about it."""
    if fact.by_id is not None:
        reading.read(fact.by_id, Matter(ticket_id=fact.ticket_id))


def on_participant_added(fact: ParticipantAdded) -> None:
    """Whoever was brought in gets the link, unless they came by themselves."""
    if fact.person_id != fact.by_id and fact.by_id is not None:
        jobs.tell_of_copy.later(
            ticket_id=fact.ticket_id, person_id=fact.person_id, by_id=fact.by_id
        )


def on_mentioned(fact: MentionAdded) -> None:
    """Whoever is called in a note hears of it."""
    jobs.tell_of_mention.later(message_id=fact.message_id, to_id=fact.mentioned_id)


def on_assigned(fact: Assigned) -> None:
    """Whoever is given a ticket hears of it, unless they took it themselves."""
    if fact.method is Method.MANUAL and fact.by_id != fact.to_id and fact.by_id is not None:
        jobs.tell_of_assignment.later(ticket_id=fact.ticket_id, to_id=fact.to_id, by_id=fact.by_id)


def on_team_changed(fact: TeamChanged) -> None:
    """The people of the team hear that there is something for them."""
    if fact.to_team_id is not None:
        jobs.tell_of_team.later(ticket_id=fact.ticket_id, team_id=fact.to_team_id, by_id=fact.by_id)


def on_voided(fact: ReplyVoided) -> None:
    """Whoever wrote a reply hears that it did not arrive."""
    jobs.tell_of_failure.later(message_id=fact.message_id)


def on_rated(fact: SurveyAnswered | SurveyRevised) -> None:
    """Whose ticket it is hears that somebody was not content."""
    if fact.rating <= LOW:
        jobs.tell_of_low_rating.later(ticket_id=fact.ticket_id, by_id=fact.by_id)


def on_status_changed(fact: StatusChanged) -> None:
    """The requester finds on the site that their ticket is solved, if staff solved it."""
    solved = fact.to_category in DONE and fact.from_category not in DONE
    if solved and fact.cause is Cause.AGENT:
        jobs.tell_of_solution.later(ticket_id=fact.ticket_id, by_id=fact.by_id)
