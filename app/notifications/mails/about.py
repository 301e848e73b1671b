"""What a mail made of notices is about, in its words: a ticket, a question, an article."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.user import User
from app.articles.article import Article
from app.articles.reviewing.review import Review
from app.community.question import Question
from app.core.db import db
from app.core.web.addresses import absolute
from app.mail.identity import identity_of
from app.mail.outbound import Kind
from app.notifications.matter import Matter
from app.tickets.correspondence import (
    about_copy,
    about_note,
    conversation_with,
    desk_url,
    mailbox_of,
)
from app.tickets.message import Direction, Message, Visibility
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
    answered: bool = False
    """Whether somebody reads what is answered to the mail."""


def about(matter: Matter, reader: User) -> About:
    """The ticket, as staff are told of it, the question, or the article."""
    match matter.kind:
        case "ticket":
            return _about_ticket(matter, reader)
        case "question":
            return _about_question(matter, reader)
        case "review":
            return _about_review(matter, reader)
    return _about_article(matter, reader)


def named_by(messages: Collection[Message]) -> str:
    """What a mail with these messages is called in the outbox, which says where an answer to it goes.

    An answer goes to the customer where customers alone wrote, and in doubt to staff.
    """
    notes = [each for each in messages if each.visibility is Visibility.INTERNAL]
    if notes:
        return about_note(notes[-1])
    return about_copy(list(messages)[-1]) if only_of_customers(messages) else ""


def only_of_customers(messages: Collection[Message]) -> bool:
    """Whether all of these were written by the customer's side, and there are any."""
    return bool(messages) and all(each.direction is Direction.IN for each in messages)


def _about_ticket(matter: Matter, reader: User) -> About:
    loaded = (joinedload(Ticket.requester), joinedload(Ticket.assignee))
    ticket = db.session.scalars(
        select(Ticket).where(Ticket.id == matter.ticket_id).options(*loaded)
    ).one()
    mailbox_id = mailbox_of(ticket)
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
        mailbox_id=mailbox_id,
        answered=identity_of(mailbox_id).answered,
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


def _about_review(matter: Matter, reader: User) -> About:
    review = db.session.get_one(Review, matter.review_id)
    title = db.session.get_one(Article, review.article_id).title
    said = f": {review.note}" if review.note else ""
    return About(
        named=str(matter),
        title=title,
        place="a change",
        mark="",
        remark=f"A change to “{title}”{said}",
        button="Look at the change",
        url=absolute(matter.page, **matter.where),
        mail_kind=Kind.ARTICLE,
        conversation=f"{matter} person:{reader.id}",
        can_be_muted=False,
    )


def _about_article(matter: Matter, reader: User) -> About:
    title = db.session.get_one(Article, matter.article_id).title
    return About(
        named=str(matter),
        title=title,
        place="an article",
        mark="",
        remark=f"Read “{title}” again. If it is still right, say so with one button; if not, change it.",
        button="Look at the article",
        url=absolute(matter.page, **matter.where),
        mail_kind=Kind.ARTICLE,
        conversation=f"{matter} person:{reader.id}",
        can_be_muted=False,
    )


_ACCEPT = "If an answer solved your question, accept it: that shows others with the same question what to do."
