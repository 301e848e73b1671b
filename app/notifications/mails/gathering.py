"""Gathering what is new about one ticket or question into one mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts import people
from app.community.answer import Answer
from app.core.db import db
from app.core.excerpts import excerpt
from app.core.uow import verb
from app.mail.composing import Composed, compose
from app.mail.posting import queue
from app.notifications.links import Stop, choices_url, distinct, stop_url
from app.notifications.mails.about import About, about, named_by, only_of_customers
from app.notifications.mails.waiting import mark_mailed, waiting
from app.notifications.matter import Matter
from app.notifications.notice import Notice
from app.notifications.occasion import CATALOGUE, Occasion, Way
from app.tickets.message import Message, Visibility

PREHEADER_LENGTH = 120


@dataclass(frozen=True)
class Said:
    """One notice in the mail: what happened, and the words that somebody wrote, if any."""

    happened: str
    by: str
    internal: bool
    text: str


def send(user_id: int, matter: Matter) -> None:
    """Send this person one mail with everything new about it that they have not seen and may see."""
    user = people.people_by_id([user_id])[user_id]
    notices = waiting(user, Way.MAIL, matter.condition)
    if notices:
        its, messages = about(matter, user), _messages(notices)
        occasions = distinct([each.occasion for each in notices])
        stopping = stop_url(Stop(user.id, occasions, matter.ticket_id))
        composed = _composed(its, notices, messages, stopping)
        named = named_by(messages.values()) or its.named
        _post(composed, notices, to=user.email, its=its, named=named, stopping=stopping)


def _composed(
    its: About, notices: Sequence[Notice], messages: Mapping[int, Message], stopping: str
) -> Composed:
    said = _said(notices, messages)
    reasons = dict.fromkeys(CATALOGUE[each.occasion].because for each in notices)
    return compose(
        "notifications/mail/gathered.md",
        answerable=its.answered and bool(messages),
        to_customer=only_of_customers(messages.values()),
        happened=said[0].happened if len(said) == 1 else f"{len(said)} things are new",
        its=its,
        said=said,
        news=excerpt(said[0].text, length=PREHEADER_LENGTH) or its.remark,
        because="; ".join(reasons),
        stopping=stopping,
        choosing=choices_url(),
    )


def _said(notices: Sequence[Notice], messages: Mapping[int, Message]) -> list[Said]:
    names = people.names_of({each.by_id for each in notices if each.by_id})
    answers = select(Answer.id, Answer.text).where(
        Answer.id.in_([each.answer_id for each in notices if each.answer_id])
    )
    given = {row.id: row.text for row in db.session.execute(answers)}

    def one(notice: Notice) -> Said:
        message, by = messages.get(notice.message_id or 0), names.get(notice.by_id or 0, "")
        accepted = notice.occasion is Occasion.ANSWER_ACCEPTED  # who wrote it knows it
        return Said(
            happened=CATALOGUE[notice.occasion].said(by),
            by=by or (message.author.name if message else ""),
            internal=message is not None and message.visibility is Visibility.INTERNAL,
            text=message.words if message else "" if accepted else given.get(notice.answer_id, ""),
        )

    return [one(each) for each in notices]


def _messages(notices: Sequence[Notice]) -> dict[int, Message]:
    """Those that the notices tell of, in the order in which they were written."""
    ids = [each.message_id for each in notices if each.message_id]
    found = select(Message).where(Message.id.in_(ids)).options(joinedload(Message.author))
    return {each.id: each for each in db.session.scalars(found.order_by(Message.id))}


@verb
def _post(
    composed: Composed, notices: Sequence[Notice], *, to: str, its: About, named: str, stopping: str
) -> None:
    mail = queue(
        composed,
        to=to,
        kind=its.mail_kind,
        automatic=True,
        about=named,
        conversation=its.conversation,
        unsubscribe_url=stopping,
        mailbox_id=its.mailbox_id,
    )
    mark_mailed(notices, mail)
