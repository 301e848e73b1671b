"""Gathering what is new about one ticket or question into one mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts import people
from app.accounts.user import User
from app.community.answer import Answer
from app.core.db import db
from app.core.excerpts import excerpt
from app.core.uow import verb
from app.mail.composing import Composed, compose
from app.mail.posting import queue
from app.notifications.links import Stop, choices_url, distinct, stop_url
from app.notifications.mails.about import About, about
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
    if not notices:
        return
    its = about(matter, user)
    stop = Stop(user.id, distinct([each.occasion for each in notices]), ticket_id=matter.ticket_id)
    stopping = stop_url(stop)
    _post(_composed(its, notices, stopping), notices, user=user, its=its, stopping=stopping)


def _composed(its: About, notices: Sequence[Notice], stopping: str) -> Composed:
    said = _said(notices)
    reasons = dict.fromkeys(CATALOGUE[each.occasion].because for each in notices)
    return compose(
        "notifications/mail/gathered.md",
        happened=said[0].happened if len(said) == 1 else f"{len(said)} things are new",
        its=its,
        said=said,
        news=excerpt(said[0].text, length=PREHEADER_LENGTH) or its.remark,
        because="; ".join(reasons),
        stopping=stopping,
        choosing=choices_url(),
    )


def _said(notices: Sequence[Notice]) -> list[Said]:
    names = people.names_of({each.by_id for each in notices if each.by_id})
    messages = select(Message.id, Message.text, Message.visibility).where(
        Message.id.in_([each.message_id for each in notices if each.message_id])
    )
    answers = select(Answer.id, Answer.text).where(
        Answer.id.in_([each.answer_id for each in notices if each.answer_id])
    )
    written = {row.id: row for row in db.session.execute(messages)}
    given = {row.id: row.text for row in db.session.execute(answers)}

    def one(notice: Notice) -> Said:
        message, by = written.get(notice.message_id), names.get(notice.by_id or 0, "")
        accepted = notice.occasion is Occasion.ANSWER_ACCEPTED  # who wrote it knows it
        return Said(
            happened=CATALOGUE[notice.occasion].said(by),
            by=by,
            internal=message is not None and message.visibility is Visibility.INTERNAL,
            text=message.text if message else "" if accepted else given.get(notice.answer_id, ""),
        )

    return [one(each) for each in notices]


@verb
def _post(
    composed: Composed, notices: Sequence[Notice], *, user: User, its: About, stopping: str
) -> None:
    mark_mailed(notices)
    queue(
        composed,
        to=user.email,
        kind=its.mail_kind,
        automatic=True,
        about=its.named,
        conversation=its.conversation,
        unsubscribe_url=stopping,
    )
