"""What a mail about a ticket says of answers, where it leaves from, and what goes with it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts import teams
from app.accounts.user import User
from app.attachments.attachment import Attachment
from app.attachments.storing import keep
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.mail.inbound import InboundMail, Way
from app.mail.letter import letter_of
from app.mail.mailbox import Mailbox
from app.mail.reply_line import MARK, REPLY_LINE
from app.tickets import assigning, editing, participating, replying, triaging
from app.tickets.message import Message
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.mails import last_mail, link_in, outbox

Drain = Callable[[], int]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
    "789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"mail_files_limit_bytes": 1000, "mail_from": "help@tarn.example", "desk_name": "Tarn"}


def mailbox(address: str, **values: Any) -> int:
    with unit_of_work():
        begin_writing()
        made = Mailbox(address=address, **values)
        db.session.add(made)
        db.session.flush()
        return made.id


def file(name: str, content: bytes) -> Attachment:
    return keep(name, BytesIO(content))


def newest_file() -> int:
    return db.session.scalars(select(func.max(Attachment.id))).one()


def reply(number: int, by: User, text: str = "Press it.", files: Any = ()) -> Message:
    with unit_of_work():
        return replying.reply(make.ticket_numbered(number), text=text, by=by, files=files)


def came_by_mail(number: int, *, mailbox_id: int | None, message_id: str) -> None:
    """The first message of the ticket was a mail."""
    with unit_of_work():
        begin_writing()
        mail = InboundMail(
            way=Way.IMAP, sha256="0" * 64, fingerprint=message_id, bytes=1,
            message_id=message_id, mailbox_id=mailbox_id,
        )  # fmt: skip
        db.session.add(mail)
        db.session.flush()
        first = select(Message).where(Message.ticket_id == number).order_by(Message.id).limit(1)
        db.session.scalars(first).one().inbound_mail_id = mail.id


def test_where_nobody_reads_answers_the_mail_says_so(cast: Cast, drain: Drain) -> None:
    reply(make.ticket(cast.customer).id, cast.agent)
    drain()
    mail = last_mail()
    assert "Mail sent back to this address is not read." in mail.text
    assert not MARK.search(mail.text + mail.html)


def test_where_somebody_does_it_begins_with_the_line_to_write_above(
    cast: Cast, drain: Drain
) -> None:
    mailbox("help@tarn.example")
    reply(make.ticket(cast.customer).id, cast.agent)
    drain()
    received, mail = outbox()
    assert "by answering this mail" in received.text
    assert mail.text.startswith(f"{REPLY_LINE}\n")
    assert REPLY_LINE in mail.html
    assert mail.html.index(REPLY_LINE) < mail.html.index("Press it.</p>")
    assert "not read" not in mail.text


def test_an_answer_leaves_from_the_mailbox_at_which_the_ticket_came_in(
    cast: Cast, drain: Drain
) -> None:
    mailbox("help@tarn.example")
    sync = mailbox("sync@tarn.example")
    number = make.ticket(cast.customer).id
    came_by_mail(number, mailbox_id=sync, message_id="a@cleo.example")
    reply(number, cast.agent)
    drain()
    assert last_mail().mailbox_id == sync
    assert b"From: Ben Agent at Tarn <sync@tarn.example>" in letter_of(last_mail()).data


def test_else_from_that_of_its_team_else_from_the_desks_own(cast: Cast, drain: Drain) -> None:
    with unit_of_work():
        team = teams.make_team(name="Sync", by=None).id
    of_team, own = mailbox("sync@tarn.example", team_id=team), mailbox("help@tarn.example")
    number = make.ticket(cast.customer).id
    reply(number, cast.agent)
    drain()
    assert last_mail().mailbox_id == own
    with unit_of_work():
        triaging.change_team(make.ticket_numbered(number), to=team, by=cast.agent)
    reply(number, cast.agent)
    drain()
    assert last_mail().mailbox_id == of_team


def test_it_answers_the_mail_of_the_customer_itself(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer, subject="AW: Re: Blank pages").id
    came_by_mail(number, mailbox_id=mailbox("help@tarn.example"), message_id="a@cleo.example")
    reply(number, cast.agent)
    drain()
    received, mail = outbox()
    assert received.in_reply_to == "<a@cleo.example>"
    assert mail.references == f"<a@cleo.example> {received.message_id}"
    assert mail.subject == f"Re: Blank pages [{number}]"
    assert b"Auto-Submitted: auto-replied" in letter_of(received).data
    assert b"Auto-Submitted" not in letter_of(mail).data


def test_somebody_in_copy_is_not_referred_to_mail_that_they_never_had(
    cast: Cast, drain: Drain
) -> None:
    number = make.ticket(cast.customer).id
    came_by_mail(number, mailbox_id=mailbox("help@tarn.example"), message_id="a@cleo.example")
    with unit_of_work():
        participating.add_participant(
            make.ticket_numbered(number), cast.other_customer, by=cast.customer
        )
    reply(number, cast.agent)
    drain()
    for mail in outbox(to=cast.other_customer.email):
        assert "cleo.example" not in f"{mail.in_reply_to} {mail.references}"


def test_the_signature_of_the_mailbox_is_filled_in(cast: Cast, drain: Drain) -> None:
    mailbox(
        "help@tarn.example",
        signature="**{{agent.first_name}}**, {{desk.name}}\nYours: {{assignee.name}}\nTarn Ltd",
    )
    reply(make.ticket(cast.customer).id, cast.agent)
    drain()
    assert "**Ben**, Tarn\nTarn Ltd" in last_mail().text
    assert "<strong>Ben</strong>, Tarn" in last_mail().html
    assert "Yours" not in last_mail().text


def test_files_go_with_the_mail_as_far_as_there_is_room(
    cast: Cast, drain: Drain, client: FreshClient
) -> None:
    files = [file("log.txt", b"x" * 300), file("dump.bin", b"\0" * 900), file("shot.png", PNG)]
    reply(make.ticket(cast.customer).id, cast.agent, files=files)
    drain()
    mail = last_mail()
    assert [(each.name, bool(each.content_id)) for each in mail.enclosures] == [
        ("log.txt", False), ("shot.png", True),
    ]  # fmt: skip
    assert f'<img src="cid:{mail.enclosures[1].content_id}" alt="shot.png"' in mail.html
    answer = client.get(link_in(mail, "/files/"))
    assert answer.data == b"\0" * 900


def test_a_picture_stands_where_the_text_has_it(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    reply(number, cast.customer, text="See.", files=[file("shot.png", PNG)])
    shown = f"/tickets/{number}/files/{newest_file()}"
    reply(number, cast.agent, text=f"Here ![the knob]({shown}) it is.")
    drain()
    mail = last_mail()
    (enclosure,) = mail.enclosures
    assert f'Here <img src="cid:{enclosure.content_id}" alt="the knob"' in mail.html


@pytest.mark.parametrize("where", ["note", "elsewhere"])
def test_no_picture_of_a_note_or_of_another_ticket_leaves(
    cast: Cast, drain: Drain, where: str
) -> None:
    number = make.ticket(cast.customer).id
    other = number if where == "note" else make.ticket(cast.other_customer).id
    with unit_of_work():
        write = replying.add_note if where == "note" else replying.reply
        picture = file("secret.png", PNG)
        write(make.ticket_numbered(other), text="Secret.", by=cast.agent, files=[picture])
    reply(number, cast.agent, text=f"![x](/tickets/{number}/files/{newest_file()})")
    drain()
    for mail in outbox(to=cast.customer.email):
        assert not mail.enclosures
        assert "cid:" not in mail.html


def test_removing_a_message_for_good_takes_it_and_its_files_out_of_all_its_mails(
    cast: Cast, drain: Drain
) -> None:
    number = make.ticket(cast.customer).id
    with unit_of_work():
        ticket = make.ticket_numbered(number)
        participating.add_participant(ticket, cast.other_customer, by=cast.customer)
    message = reply(number, cast.agent, text="hunter2", files=[file("a.txt", b"hunter2")])
    drain()
    assert len([mail for mail in outbox() if "hunter2" in mail.text]) == 2
    with unit_of_work():
        editing.redact_message(db.session.get_one(Message, message.id), by=cast.agent)
    drain()
    for mail in outbox():
        assert "hunter2" not in mail.text + mail.html
        assert not mail.enclosures


def assigned(cast: Cast, drain: Drain) -> int:
    """A ticket of Cleo that Ben took, of which all have been told."""
    mailbox("help@tarn.example")
    with unit_of_work():
        ticket = make.ticket(cast.customer)
        assigning.assign(ticket, to=cast.agent, by=cast.agent)
    drain()
    return ticket.id


def test_staff_answer_the_customer_by_answering_what_brought_their_words(
    cast: Cast, drain: Drain
) -> None:
    number = assigned(cast, drain)
    message = reply(number, cast.customer, text="Still blank.")
    drain()
    mail = last_mail(to=cast.agent.email)
    assert mail.about == f"copy:{message.id}"
    assert mail.text.startswith(REPLY_LINE)
    assert "What you answer to this mail goes to the customer." in mail.text
    assert b"Reply-To: help+r" in letter_of(mail).data
    assert b"Auto-Submitted: auto-generated" in letter_of(mail).data


def test_what_they_answer_to_a_note_stays_on_the_desk(cast: Cast, drain: Drain) -> None:
    number = assigned(cast, drain)
    reply(number, cast.customer, text="Still blank.")
    with unit_of_work():
        replying.add_note(
            make.ticket_numbered(number), text=f"@{cast.agent.name} Looks odd.", by=cast.lead
        )
    drain()
    mail = last_mail(to=cast.agent.email)
    assert "Looks odd." in mail.text
    assert str(mail.about).startswith("note:")
    assert "What you answer to this mail is a note: only staff can read it." in mail.text


def test_what_is_removed_for_good_is_gone_from_what_staff_were_told_too(
    cast: Cast, drain: Drain
) -> None:
    number = assigned(cast, drain)
    message = reply(number, cast.customer, text="hunter2")
    reply(number, cast.customer, text="More.")
    drain()
    assert "hunter2" in last_mail(to=cast.agent.email).text
    with unit_of_work():
        editing.redact_message(db.session.get_one(Message, message.id), by=cast.agent)
    for mail in outbox():
        assert "hunter2" not in mail.text + mail.html
