"""Mail that may not be what it says: it waits, and an agent says what it is."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts.user import User
from app.core.db import db
from app.core.uow import reading, unit_of_work
from app.mail.inbound import InboundMail
from app.mail.mailbox import Mailbox
from app.tickets import replying, resolving
from app.tickets.claims.claim import Claim
from app.tickets.history import timeline
from app.tickets.message import Message
from app.tickets.ticket import Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.inbound import DESK, letter, offer, reply_to, take
from tests.support.mails import last_mail, outbox
from tests.support.queries import counted

Browser = Callable[[User], FreshClient]
Drain = Callable[[], int]
ANA = "Ana <ana@x.example>"


@pytest.fixture
def mailbox(cast: Cast) -> Mailbox:
    with unit_of_work():
        db.session().info["writing"] = True
        made = Mailbox(address=DESK)
        db.session.add(made)
    return made


@pytest.fixture
def held(cast: Cast, mailbox: Mailbox, drain: Drain) -> int:
    """The number of a ticket of Cleo; a mail of Ana, who is not on it, answers it."""
    ticket = make.ticket(cast.customer)
    drain()
    take(claimed("Let me in, I pay for this."), mailbox=mailbox)
    return ticket.id


def claimed(text: str, sender: str = ANA) -> bytes:
    ours = last_mail(to="cleo@house.example")
    file = ("proof.txt", "text/plain", b"proof")
    return letter(sender, text, subject="The bill", to=[reply_to(ours)], files=[file])


def said() -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def kinds(number: int) -> list[str]:
    with reading():
        return [row.kind for row in timeline(number)]


def ledger() -> InboundMail:
    db.session.rollback()
    return db.session.scalars(select(InboundMail).order_by(InboundMail.id.desc())).first()  # type: ignore[return-value]


def test_agents_see_what_waits_and_customers_do_not(
    held: int, cast: Cast, as_user: Browser
) -> None:
    ben = as_user(cast.agent)
    assert "Mail to check" in ben.get("/inbox").text
    page = ben.get("/inbox/claims").text
    assert f"Is ana@x.example part of ticket {held}?" in page
    assert "Let me in, I pay for this." in page and "proof.txt" in page
    assert "Let me in" not in ben.get(f"/tickets/{held}").text
    assert "waits to be looked at" in ben.get(f"/tickets/{held}").text
    cleo = as_user(cast.customer)
    assert cleo.get("/inbox/claims").status_code == 403
    assert "Let me in" not in cleo.get(f"/tickets/{held}").text
    assert "Mail to check" in ben.get("/palette?q=check").text


def test_nothing_waits(cast: Cast, as_user: Browser) -> None:
    ben = as_user(cast.agent)
    assert "Mail to check" not in ben.get("/inbox").text
    assert "Nothing to check" in ben.get("/inbox/claims").text


def test_it_belongs_there_but_its_writer_does_not(
    held: int, cast: Cast, as_user: Browser, drain: Drain
) -> None:
    answer = as_user(cast.agent).post("/inbox/claims/1/confirmations")
    assert answer.status_code == 303 and f"/tickets/{held}" in answer.location
    message = said()[-1]
    assert (message.ticket_id, message.text) == (held, "Let me in, I pay for this.")
    assert "proof.txt" in as_user(cast.agent).get(f"/tickets/{held}").text
    assert kinds(held)[-1] == "match.confirmed"
    assert "participant.added" not in kinds(held)
    matches = [row.payload.get("match") for row in timeline(held)]
    assert "confirmed" in matches
    assert (ledger().state, ledger().about) == ("filed", f"message:{message.id}")
    drain()
    assert not outbox(to="ana@x.example")


def test_it_belongs_there_and_so_does_its_writer(
    held: int, cast: Cast, as_user: Browser, mailbox: Mailbox, drain: Drain
) -> None:
    as_user(cast.agent).post("/inbox/claims/1/admissions")
    assert kinds(held)[-2:] == ["match.confirmed", "participant.added"]
    drain()
    more = letter(ANA, "Thank you.", to=[reply_to(last_mail(to="ana@x.example"))])
    take(more, mailbox=mailbox)
    assert said()[-1].ticket_id == held


def test_it_is_something_new(held: int, cast: Cast, as_user: Browser, drain: Drain) -> None:
    as_user(cast.agent).post("/inbox/claims/1/tickets")
    ticket = db.session.scalars(select(Ticket).order_by(Ticket.id.desc())).first()
    assert ticket is not None
    assert (ticket.id, ticket.subject) == (said()[-1].ticket_id, "The bill")
    assert ticket.id != held and kinds(held)[-1] == "match.rejected"
    assert ledger().state == "filed"
    drain()
    assert last_mail(to="ana@x.example").subject.startswith("We got your message")


def test_it_is_nothing(held: int, cast: Cast, as_user: Browser, mailbox: Mailbox) -> None:
    raw = claimed("Let me in, I pay for this.")
    as_user(cast.agent).post("/inbox/claims/1/dismissals")
    assert len(said()) == 1 and kinds(held)[-1] == "match.rejected"
    assert (ledger().state, ledger().reason) == ("ignored", "rejected")
    assert offer(raw, ledger().id, mailbox=mailbox).reason == "rejected"  # type: ignore[union-attr]
    assert db.session.get_one(Claim, 1).text == ""


def test_two_decide_at_once(held: int, cast: Cast, as_user: Browser) -> None:
    ben, ada = as_user(cast.agent), as_user(cast.lead)
    assert ben.post("/inbox/claims/1/confirmations").status_code == 303
    assert ada.post("/inbox/claims/1/tickets").status_code == 409
    assert len(said()) == 2


def test_a_solved_ticket_is_taken_up_and_one_closed_for_good_goes_on_in_another(
    held: int, cast: Cast, as_user: Browser
) -> None:
    with unit_of_work():
        resolving.resolve(make.ticket_numbered(held), by=cast.agent)
        ticket = make.ticket_numbered(held)
        ticket.enter(ticket.status.CLOSED, at=ticket.updated_at)
    as_user(cast.agent).post("/inbox/claims/1/confirmations")
    new = db.session.get_one(Ticket, said()[-1].ticket_id)
    assert new.follow_up_of_id == held


def test_what_a_colleague_is_said_to_have_written_becomes_a_note(
    cast: Cast, mailbox: Mailbox, drain: Drain, as_user: Browser
) -> None:
    make.ticket(cast.customer)
    drain()
    take(claimed("#resolve\nSend them the key.", "Ada <ada@house.example>"), mailbox=mailbox)
    page = as_user(cast.agent).get("/inbox/claims").text
    assert "Did Ada Lead write this?" in page and "as a note" in page
    as_user(cast.agent).post("/inbox/claims/1/confirmations")
    note = said()[-1]
    assert (note.visibility, note.author_id) == ("internal", cast.agent.id)
    assert "Mail in the name of Ada Lead <ada@house.example>" in note.text
    assert not make.ticket_numbered(note.ticket_id).is_done
    drain()
    assert all("Send them the key" not in each.text for each in outbox())


def test_a_mail_without_a_ticket_is_a_new_one_or_nothing(
    cast: Cast, mailbox: Mailbox, as_user: Browser
) -> None:
    take(letter("Ben <ben@house.example>", "My chair"), mailbox=mailbox)
    ben = as_user(cast.lead)
    assert "Did Ben Agent write this?" in ben.get("/inbox/claims").text
    assert ben.post("/inbox/claims/1/confirmations").status_code == 409
    assert ben.post("/inbox/claims/1/tickets").status_code == 303
    assert said()[-1].author_id == cast.agent.id


def test_the_page_costs_the_same_with_two_and_with_twenty(
    held: int, cast: Cast, as_user: Browser, mailbox: Mailbox
) -> None:
    ben = as_user(cast.agent)
    ben.get("/inbox/claims")
    with counted() as few:
        ben.get("/inbox/claims")
    for n in range(12):
        take(claimed(f"Mail {n}"), mailbox=mailbox)
    with counted() as lots:
        assert "Mail 11" in ben.get("/inbox/claims").text
    assert len(lots) == len(few)


def test_the_answer_of_staff_reaches_no_stranger_meanwhile(
    held: int, cast: Cast, drain: Drain
) -> None:
    with unit_of_work():
        replying.reply(make.ticket_numbered(held), text="Only for Cleo.", by=cast.agent)
    drain()
    assert not outbox(to="ana@x.example")
