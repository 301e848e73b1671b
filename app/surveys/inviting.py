"""Telling the requester that the ticket is solved, and asking how it went."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts import people
from app.core import clock
from app.core.db import db
from app.core.uow import verb
from app.mail.composing import Composed, compose
from app.mail.identity import identity_of
from app.mail.outbound import Kind, OutboundMail, State
from app.mail.pen import Offer
from app.mail.posting import queue
from app.surveys import consent
from app.surveys.episode import Episode, last_episode
from app.surveys.links import rating_url
from app.surveys.survey import Rating, Survey
from app.tickets.correspondence import conversation_with, follow_url, letters_of, mailbox_of
from app.tickets.events import AuthorKind, SurveySent, SurveySuppressed, TicketFact
from app.tickets.history import record, timeline
from app.tickets.ticket import Channel, Ticket

NOT_AGAIN_FOR = timedelta(days=7)


def tell_solved(ticket_id: int) -> None:
    """Send the mail of the last resolution, once, if the ticket is still solved.

    It asks how it went, unless there is a reason not to, which is recorded.  Nothing is sent about
    imported tickets: their requesters wrote to another desk.
    """
    ticket = db.session.scalars(
        select(Ticket).where(Ticket.id == ticket_id).options(joinedload(Ticket.requester))
    ).one()
    episode = last_episode(timeline(ticket.id))
    if not ticket.is_done or episode is None or episode.is_told:
        return None
    if ticket.channel is Channel.IMPORT:
        return _suppress(ticket, episode, "imported")
    stopping = consent.stop_url(ticket)
    if stopping is None:
        return _suppress(ticket, episode, "opted_out")
    if reason := _reason_not_to_ask(ticket):
        composed = _solved_mail(ticket, episode, stopping, asks=False)
        return _tell(ticket, episode, composed, reason=reason, stopping=stopping)
    composed = _solved_mail(ticket, episode, stopping, asks=True)
    return _ask(ticket, episode, composed, stopping=stopping)


@verb
def _ask(ticket: Ticket, episode: Episode, composed: Composed, *, stopping: str) -> None:
    if not ticket.is_done:  # opened again while the mail was written
        return None
    if _post(ticket, composed, stopping).state is State.FAILED:
        return _suppress(ticket, episode, "undeliverable")
    survey = Survey(
        ticket_id=ticket.id,
        episode=episode.seq,
        requester_id=ticket.requester_id,
        credited_agent_id=episode.agent_id,
        sent_at=clock.now(),
    )
    db.session.add(survey)
    db.session.flush()  # the fact needs its id
    sent = SurveySent(
        ticket_id=ticket.id,
        by_id=None,
        survey_id=survey.id,
        episode=episode.seq,
        credited_agent_id=episode.agent_id,
    )
    return _record(sent, episode)


@verb
def _tell(
    ticket: Ticket, episode: Episode, composed: Composed, *, reason: str, stopping: str
) -> None:
    if ticket.is_done:
        _post(ticket, composed, stopping)
        _suppress(ticket, episode, reason)


@verb
def _suppress(ticket: Ticket, episode: Episode, reason: str) -> None:
    left_out = SurveySuppressed(ticket_id=ticket.id, by_id=None, episode=episode.seq, reason=reason)
    _record(left_out, episode)


def _record(fact: TicketFact, episode: Episode) -> None:
    """The key lets one of two runs at the same time fail, and find it done when it is tried again."""
    key = f"survey {fact.ticket_id} {episode.seq}"
    record(fact, actor=AuthorKind.SYSTEM, source="system", idempotency_key=key)


def _reason_not_to_ask(ticket: Ticket) -> str:
    if ticket.requester.is_staff:
        return "internal"
    lately = select(Survey.id).where(
        Survey.requester_id == ticket.requester_id,
        Survey.ticket_id != ticket.id,
        Survey.sent_at > clock.now() - NOT_AGAIN_FOR,
    )
    return "recently" if db.session.scalar(lately.limit(1)) else ""


def _solved_mail(ticket: Ticket, episode: Episode, stopping: str, *, asks: bool) -> Composed:
    return compose(
        "surveys/mail/solved.md",
        answerable=identity_of(mailbox_of(ticket)).answered,
        number=ticket.number,
        subject=ticket.subject,
        by=people.names_of([episode.resolved_by_id]).get(episode.resolved_by_id, "We"),
        url=follow_url(ticket, _anchor="latest"),
        offers=[
            Offer(str(each.value), each.word, rating_url(ticket.id, episode.seq, rating=each.value))
            for each in Rating
            if asks
        ],
        stopping=stopping,
    )


def _post(ticket: Ticket, composed: Composed, stopping: str) -> OutboundMail:
    return queue(
        composed,
        to=ticket.requester.email,
        kind=Kind.TICKET,
        automatic=True,
        about=f"ticket:{ticket.id}",
        conversation=conversation_with(ticket.requester_id, ticket),
        mailbox_id=mailbox_of(ticket),
        theirs=letters_of(ticket.requester_id, ticket),
        unsubscribe_url=stopping,
    )
