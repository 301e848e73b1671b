"""An internal note never leaves the desk, whatever happens on its ticket."""

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from app.attachments.attachment import Attachment
from app.attachments.storing import keep
from app.core.db import db
from app.core.uow import unit_of_work
from app.mail.letter import letter_of
from app.notifications import telling_requesters
from app.tickets import editing, participating, replying, resolving
from app.tickets.message import Message, Visibility
from tests.support import make
from tests.support.cast import Cast
from tests.support.mails import outbox

Drain = Callable[[], int]
SECRET = "plumbago"


@pytest.fixture
def noted(cast: Cast) -> int:
    """A ticket with somebody in copy, and a note with a file that calls a colleague."""
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        participating.add_participant(ticket, cast.other_customer, by=cast.customer)
        text = f"@{cast.lead.name} {SECRET}"
        picture = keep(f"{SECRET}.txt", BytesIO(SECRET.encode()))
        replying.add_note(ticket, text=text, by=cast.agent, files=[picture])
    return ticket.id


def note() -> Message:
    return db.session.scalars(
        select(Message).where(Message.visibility == Visibility.INTERNAL)
    ).one()


def assert_it_stayed(cast: Cast) -> None:
    """Nothing of it is in any byte of a mail to somebody who does not work here."""
    staff = {cast.agent.email, cast.lead.email}
    leaving = [mail for mail in outbox() if mail.to_address not in staff]
    assert leaving
    for mail in leaving:
        whole = f"{mail.subject}{mail.text}{mail.html}".encode() + letter_of(mail).data
        assert SECRET.encode() not in whole
        assert not [each for each in mail.enclosures if SECRET in each.name]


def test_it_goes_to_whoever_is_called_and_to_nobody_else(
    cast: Cast, noted: int, drain: Drain
) -> None:
    drain()
    told = {mail.to_address for mail in outbox() if SECRET in mail.text}
    assert told <= {cast.lead.email}
    assert_it_stayed(cast)


def test_replies_answers_copies_and_the_word_that_it_is_solved_are_without_it(
    cast: Cast, noted: int, drain: Drain
) -> None:
    file_id = db.session.scalars(select(func.max(Attachment.id))).one()
    for by, text in (
        (cast.agent, f"See ![it](/tickets/{noted}/files/{file_id})"),
        (cast.other_customer, "Thanks."),
        (cast.customer, "Still blank."),
    ):
        with unit_of_work():
            replying.reply(make.ticket_numbered(noted), text=text, by=by)
    with unit_of_work():
        ticket = make.ticket_numbered(noted)
        participating.add_participant(ticket, cast.stranger, by=cast.agent)
        editing.edit_message(note(), text=f"{SECRET} again", by=cast.agent)
        resolving.resolve(ticket, by=cast.agent)
    drain()
    assert_it_stayed(cast)
    assert len(outbox(to=cast.other_customer.email)) >= 3


@pytest.mark.parametrize(
    "send",
    [
        telling_requesters.send_reply,
        telling_requesters.send_reply_again,
        telling_requesters.tell_the_others,
    ],
)
def test_it_cannot_be_sent_even_if_somebody_asks_for_it(
    cast: Cast, noted: int, drain: Drain, send: Callable[[int], None]
) -> None:
    drain()
    before = len(outbox())
    with pytest.raises(NoResultFound), unit_of_work():
        send(note().id)
    assert len(outbox()) == before
