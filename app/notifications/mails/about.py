"""What a mail made of notices is about, in its words: a ticket or a question."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.user import User
from app.community.question import Question
from app.core.db import db
from app.core.web.addresses import absolute
from app.mail.outbound import Kind
from app.notifications.matter import Matter
from app.tickets.correspondence import conversation_with, desk_url, mailbox_of
from app.tickets.ticket import Ticket


@dataclass(frozen=True)
class About:
    """`place` says where somebody wrote, `mark` ends the subject, `remark` says more about it."""

    named: str
    title: str
    place: str
    mark: str
    remark: str
    button: str
    url: str
    mail_kind: Kind
    conversation: str
    can_be_muted: bool
    mailbox_id: int | None = None


def about(matter: Matter, reader: User) -> About:
    """The ticket, as staff are told of it, or the question."""
    if matter.ticket_id is None:
        return _about_question(matter, reader)
    return _about_ticket(matter, reader)


def _about_ticket(matter: Matter, reader: User) -> About:
    loaded = (joinedload(Ticket.requester), joinedload(Ticket.assignee))
    ticket = db.session.scalars(
        select(Ticket).where(Ticket.id == matter.ticket_id).options(*loaded)
    ).one()
    return About(
        named=str(matter),
        title=ticket.subject,
        place=f"ticket {ticket.number}",
        mark=f" [{ticket.number}]",
        remark=f"“{ticket.subject}”, asked by {ticket.requester.name}. Priority: {ticket.priority}.",
        button=f"Open ticket {ticket.number}",
        url=desk_url(ticket),
        mail_kind=Kind.TICKET,
        conversation=conversation_with(reader.id, ticket),
        can_be_muted=True,
        mailbox_id=mailbox_of(ticket),
    )


def _about_question(matter: Matter, reader: User) -> About:
    question = db.session.get_one(Question, matter.question_id)
    own = question.author_id == reader.id
    return About(
        named=str(matter),
        title=question.title,
        place="your question" if own else "a question in the community",
        mark="",
        remark=_ACCEPT if own else f"“{question.title}”",
        button="See the question",
        url=absolute("community.show_question", number=question.id),
        mail_kind=Kind.COMMUNITY,
        conversation=f"question:{question.id} person:{reader.id}",
        can_be_muted=False,
    )


_ACCEPT = "If an answer solved your question, accept it: that shows others with the same question what to do."
