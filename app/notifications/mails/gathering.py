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
from app.mail.identity import identity_of
from app.mail.outbound import Kind
from app.mail.posting import queue
from app.notifications.links import Stop, choices_url, distinct, stop_url
from app.notifications.mails.about import About, about
from app.notifications.mails.waiting import mark_mailed, waiting
from app.notifications.matter import Matter
from app.notifications.notice import Notice
from app.notifications.occasion import CATALOGUE, Occasion, Way
from app.tickets.correspondence import about_copy
from app.tickets.message import Direction, Message, Visibility

PREHEADER_LENGTH = 120


@dataclass(frozen=True)
class Said:
    """One notice in the mail: what happened, and the words that somebody wrote, if any."""

    happened: str
    by: str
    internal: bool
    text: str
    asks: str = ""
    """What a mail is about that brings a customer's message: what is answered to it goes to them."""


def send(user_id: int, matter: Matter) -> None:
    """Send this person one mail with everything new about it that they have not seen and may see."""
    user = people.people_by_id([user_id])[user_id]
    notices = waiting(user, Way.MAIL, matter.condition)
    if not notices:
        return
    its = about(matter, user)
    stop = Stop(user.id, distinct([each.occasion for each in notices]), ticket_id=matter.ticket_id)
    stopping = stop_url(stop)
    said = _said(notices)
    composed = _composed(its, said, notices, stopping)
    _post(composed, notices, user=user, its=its, about=_about(its, said), stopping=stopping)


def _about(its: About, said: Sequence[Said]) -> str:
    """With a note among it the mail is about the ticket, and what is answered stays on the desk."""
    asks = [each.asks for each in said if each.asks]
    return asks[-1] if asks and not any(each.internal for each in said) else its.named


def _composed(
    its: About, said: Sequence[Said], notices: Sequence[Notice], stopping: str
) -> Composed:
    reasons = dict.fromkeys(CATALOGUE[each.occasion].because for each in notices)
    return compose(
        "notifications/mail/gathered.md",
        answerable=its.mail_kind is Kind.TICKET and identity_of(its.mailbox_id).answered,
        goes_out=_about(its, said) != its.named,
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
    messages = select(Message).where(
        Message.id.in_([each.message_id for each in notices if each.message_id])
    )
    answers = select(Answer.id, Answer.text).where(
        Answer.id.in_([each.answer_id for each in notices if each.answer_id])
    )
    written = {each.id: each for each in db.session.scalars(messages)}
    given = {row.id: row.text for row in db.session.execute(answers)}

    def one(notice: Notice) -> Said:
        message, by = written.get(notice.message_id or 0), names.get(notice.by_id or 0, "")
        accepted = notice.occasion is Occasion.ANSWER_ACCEPTED  # who wrote it knows it
        return Said(
            happened=CATALOGUE[notice.occasion].said(by),
            by=by,
            internal=message is not None and message.visibility is Visibility.INTERNAL,
            text=message.words if message else "" if accepted else given.get(notice.answer_id, ""),
            asks=about_copy(message) if message and message.direction is Direction.IN else "",
        )

    return [one(each) for each in notices]


@verb
def _post(
    composed: Composed,
    notices: Sequence[Notice],
    *,
    user: User,
    its: About,
    about: str,
    stopping: str,
) -> None:
    mark_mailed(notices)
    queue(
        composed,
        to=user.email,
        kind=its.mail_kind,
        automatic=True,
        about=about,
        conversation=its.conversation,
        mailbox_id=its.mailbox_id,
        unsubscribe_url=stopping,
    )
