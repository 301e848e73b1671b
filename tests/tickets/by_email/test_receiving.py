"""Mail of customers: it opens tickets, goes on with those it names, and joins no stranger's."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from app.accounts import people, teams
from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.uow import begin_writing, reading, unit_of_work
from app.mail.inbound import InboundMail
from app.mail.mailbox import Mailbox
from app.mail.outbound import OutboundMail
from app.mail.parsing.reading import parse
from app.mail.receivers import Filed, Quarantined
from app.tickets import editing, participating, replying, resolving, snoozing
from app.tickets.claims.claim import Claim
from app.tickets.history import timeline
from app.tickets.message import Message
from app.tickets.ticket import Channel, Status, Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.inbound import AUTHSERV, letter, offer, passed, reply_to, take
from tests.support.mails import last_mail
from tests.support.queries import counted

Browser = Callable[[User], FreshClient]
Drain = Callable[[], int]
CLEO = "Cleo Customer <cleo@house.example>"
DOV = "Dov <dov@house.example>"
EVE = "Eve <eve@elsewhere.example>"


@pytest.fixture
def answered(cast: Cast, mailbox: Mailbox, drain: Drain) -> Ticket:
    """A ticket of Cleo that Ben has answered; the answer has left by mail."""
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        replying.reply(ticket, text="Try another cable.", by=cast.agent)
    drain()
    return ticket


def messages() -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def tickets() -> list[Ticket]:
    db.session.rollback()
    return list(db.session.scalars(select(Ticket).order_by(Ticket.id)))


def kinds(number: int) -> list[str]:
    with reading():
        return [row.kind for row in timeline(number)]


def claims() -> list[Claim]:
    db.session.rollback()
    return list(db.session.scalars(select(Claim)))


def test_mail_of_somebody_unknown_opens_a_ticket(mailbox: Mailbox, drain: Drain) -> None:
    raw = letter("Zoë <zoe@new.example>", "# Help\n* it burns", subject="Fire!")
    number, outcome = take(raw, mailbox=mailbox)
    drain()
    ticket, message = tickets()[0], messages()[0]
    assert outcome == Filed(about=f"message:{message.id}")
    person = db.session.get_one(User, ticket.requester_id)
    assert (person.email, person.name) == ("zoe@new.example", "Zoë")
    assert (ticket.subject, ticket.channel, message.channel) == (
        "Fire!", Channel.MAIL, Channel.MAIL,
    )  # fmt: skip
    assert message.html == "<p># Help<br>\n* it burns</p>"
    assert message.inbound_mail_id == number
    created, received, *_ = timeline(ticket.id)
    assert (created.source, received.source, received.payload["match"]) == ("mail", "mail", "new")
    assert last_mail(to="zoe@new.example").subject.startswith("We got your message")


def test_a_mail_without_words_is_kept_all_the_same(mailbox: Mailbox) -> None:
    take(letter(EVE, " ", subject=" ", files=[("a.png", "image/png", b"x")]), mailbox=mailbox)
    assert tickets()[0].subject == "(no subject)"
    assert messages()[0].text == "(no text)"


def test_all_files_are_kept(mailbox: Mailbox, cast: Cast, as_user: Browser) -> None:
    files = [(f"{n}.txt", "text/plain", f"file {n}".encode()) for n in range(12)]
    take(letter(EVE, files=files), mailbox=mailbox)
    page = as_user(cast.agent).get(f"/tickets/{tickets()[0].id}").text
    assert all(f"{n}.txt" in page for n in range(12))


def test_a_very_long_mail_is_cut_and_says_so(mailbox: Mailbox) -> None:
    take(letter(EVE, "All work and no play. " * 3_000), mailbox=mailbox)
    assert len(messages()[0].text) <= 30_000
    assert messages()[0].text.endswith("[The rest is in the original mail.]")


def test_the_team_of_the_mailbox_has_the_ticket(mailbox: Mailbox, cast: Cast) -> None:
    with unit_of_work():
        team = teams.make_team(name="Billing", by=None)
        mailbox.team_id = team.id
        db.session.merge(mailbox)
    take(letter(EVE), mailbox=mailbox)
    assert tickets()[0].team_id == team.id
    assert timeline(tickets()[0].id)[-1].payload["to_team"] == "Billing"


@pytest.mark.parametrize("by", ["token", "references", "old references", "our mail's copy"])
def test_an_answer_joins_its_ticket(answered: Ticket, mailbox: Mailbox, by: str) -> None:
    ours = last_mail(to="cleo@house.example")
    raw = {
        "token": letter(CLEO, to=[reply_to(ours)], message_id="<rewritten@relay.example>"),
        "references": letter(CLEO, in_reply_to=ours.message_id),
        "old references": letter(CLEO, references=f"<unknown@x.example> {ours.message_id} <z@y.example>"),
        "our mail's copy": letter(CLEO, cc=[reply_to(ours)]),
    }[by]  # fmt: skip
    _, outcome = take(raw, mailbox=mailbox)
    assert isinstance(outcome, Filed)
    assert [each.ticket_id for each in messages()] == [answered.id] * 3
    expected = "references" if "references" in by else "token"
    assert timeline(answered.id)[-1].payload["match"] == expected


def test_an_answer_to_their_own_mail_joins_its_ticket(mailbox: Mailbox) -> None:
    take(letter(EVE, message_id="<first@x.example>"), mailbox=mailbox)
    take(letter(EVE, "More", references="<first@x.example>"), mailbox=mailbox)
    assert len(tickets()) == 1 and len(messages()) == 2


def test_the_envelope_alone_may_hold_the_signed_address(answered: Ticket, mailbox: Mailbox) -> None:
    ours = last_mail(to="cleo@house.example")
    take(letter(CLEO), mailbox=mailbox, envelope_to=reply_to(ours))
    assert messages()[-1].ticket_id == answered.id


def test_an_answer_opens_a_solved_ticket_and_wakes_a_snoozed_one(
    answered: Ticket, mailbox: Mailbox, cast: Cast
) -> None:
    ours = last_mail(to="cleo@house.example")
    with unit_of_work():
        resolving.resolve(make.ticket_numbered(answered.id), by=cast.agent)
    take(letter(CLEO, to=[reply_to(ours)]), mailbox=mailbox)
    assert make.ticket_numbered(answered.id).status is Status.OPEN
    with unit_of_work():
        snoozing.snooze(make.ticket_numbered(answered.id), until=None, by=cast.agent)
    take(letter(CLEO, "Again", to=[reply_to(ours)]), mailbox=mailbox)
    assert make.ticket_numbered(answered.id).snoozed_at is None


def test_the_same_mail_again_is_the_same_message(answered: Ticket, mailbox: Mailbox) -> None:
    raw = letter(CLEO, to=[reply_to(last_mail(to="cleo@house.example"))])
    number, outcome = take(raw, mailbox=mailbox)
    assert offer(raw, number, mailbox=mailbox) == outcome
    assert len(messages()) == 3


def test_quotes_fold_and_staff_alone_unfold_them(
    answered: Ticket, mailbox: Mailbox, cast: Cast, as_user: Browser
) -> None:
    ours = last_mail(to="cleo@house.example")
    quoted = "On Mon, 2 Mar 2026 at 10:00, Support <support@hearth.example> wrote:"
    said = f"It helped.\n\n{quoted}\n> Try another cable."
    take(letter(CLEO, said, to=[reply_to(ours)]), mailbox=mailbox)
    message = messages()[-1]
    assert message.text == "It helped."
    ben, cleo = as_user(cast.agent), as_user(cast.customer)
    place = f"/tickets/{answered.id}/messages/{message.id}/whole"
    assert place in ben.get(f"/tickets/{answered.id}").text
    assert "&gt; Try another cable." in ben.get(place).text
    assert place not in cleo.get(f"/tickets/{answered.id}").text
    assert cleo.get(place).status_code == 403


def test_a_text_that_is_taken_out_is_gone_with_what_it_quoted(
    mailbox: Mailbox, cast: Cast, as_user: Browser
) -> None:
    take(letter(EVE, "The key is plumbago.\n\n> Which key?\n> Tell us"), mailbox=mailbox)
    with unit_of_work():
        editing.redact_message(messages()[0], by=cast.agent)
    assert (messages()[0].text, messages()[0].whole) == ("", "")
    whole = f"/tickets/{tickets()[0].id}/messages/{messages()[0].id}/whole"
    assert as_user(cast.agent).get(whole).status_code == 404


def test_the_desk_never_takes_part_in_its_own_tickets(
    answered: Ticket, mailbox: Mailbox, cast: Cast, as_user: Browser
) -> None:
    place = f"/tickets/{answered.id}/participants"
    answer = as_user(cast.agent).post(place, data={"email": "support+x@hearth.example"})
    assert answer.status_code == 422 and "an address of the desk itself" in answer.text


@pytest.mark.parametrize("known_by", ["token", "references"])
def test_a_stranger_joins_no_ticket(answered: Ticket, mailbox: Mailbox, known_by: str) -> None:
    ours = last_mail(to="cleo@house.example")
    raw = (
        letter(EVE, to=[reply_to(ours)])
        if known_by == "token"
        else letter(EVE, in_reply_to=ours.message_id)
    )
    number, outcome = take(raw, mailbox=mailbox)
    assert isinstance(outcome, Quarantined) and outcome.reason == "confirm"
    assert len(messages()) == 2
    assert kinds(answered.id)[-1] == "match.quarantined"
    assert offer(raw, number, mailbox=mailbox) == outcome
    assert len(claims()) == 1


def test_a_number_in_the_subject_joins_nothing(answered: Ticket, mailbox: Mailbox) -> None:
    subject = f"Re: Printer [{answered.id}]"
    _, offered = take(letter(CLEO, subject=subject), mailbox=mailbox)
    assert isinstance(offered, Quarantined) and claims()[0].why == "number"
    _, opened = take(letter(EVE, subject=subject), mailbox=mailbox)
    assert isinstance(opened, Filed)
    assert len(tickets()) == 2 and messages()[-1].ticket_id == tickets()[-1].id


def test_a_participant_joins_until_they_have_left(
    answered: Ticket, mailbox: Mailbox, cast: Cast, drain: Drain
) -> None:
    with unit_of_work():
        ticket = make.ticket_numbered(answered.id)
        participating.add_participant(ticket, cast.other_customer, by=cast.agent)
    drain()
    ours = last_mail(to="dov@house.example")
    take(letter(DOV, to=[reply_to(ours)]), mailbox=mailbox)
    assert timeline(answered.id)[-1].actor_kind == "participant"
    with unit_of_work():
        ticket = make.ticket_numbered(answered.id)
        participating.remove_participant(ticket, cast.other_customer, by=cast.agent)
    _, outcome = take(letter(DOV, "Still here", to=[reply_to(ours)]), mailbox=mailbox)
    assert isinstance(outcome, Quarantined)


def test_a_token_of_another_ticket_never_leads_to_a_strangers(
    answered: Ticket, mailbox: Mailbox, cast: Cast, drain: Drain
) -> None:
    """Dov answers his own mail and names Cleo's ticket besides."""
    own = make.ticket(cast.other_customer)
    drain()
    theirs, his = last_mail(to="cleo@house.example"), last_mail(to="dov@house.example")
    both = [reply_to(theirs), reply_to(his)]
    take(letter(DOV, to=both, in_reply_to=theirs.message_id), mailbox=mailbox)
    assert messages()[-1].ticket_id == own.id


@pytest.mark.parametrize(
    "sender",
    [
        "cleo@house.example <eve@elsewhere.example>",
        "cleo@house.example, eve@elsewhere.example",
        '"cleo@house.example"@elsewhere.example',
    ],
)
def test_an_odd_sender_is_nobody_on_the_ticket(
    answered: Ticket, mailbox: Mailbox, sender: str
) -> None:
    ours = last_mail(to="cleo@house.example")
    raw = letter(CLEO, to=[reply_to(ours)]).replace(
        b"From: Cleo Customer <cleo@house.example>", f"From: {sender}".encode()
    )
    _, outcome = take(raw, mailbox=mailbox)
    assert isinstance(outcome, Quarantined)
    assert len(messages()) == 2


def test_two_senders_are_no_sender(answered: Ticket, mailbox: Mailbox) -> None:
    raw = letter(CLEO, to=[reply_to(last_mail(to="cleo@house.example"))])
    _, outcome = take(b"From: eve@elsewhere.example\r\n" + raw, mailbox=mailbox)
    assert isinstance(outcome, Quarantined)


def test_a_refuted_sender_needs_the_signed_address(
    answered: Ticket, cast: Cast, as_user: Browser
) -> None:
    with unit_of_work():
        begin_writing()
        mailbox = db.session.scalars(select(Mailbox)).one()
        mailbox.trusted_authserv = AUTHSERV
    ours = last_mail(to="cleo@house.example")
    failed = {"Authentication-Results": f"{AUTHSERV}; dmarc=fail header.from=house.example"}
    _, held = take(letter(CLEO, in_reply_to=ours.message_id, **failed), mailbox=mailbox)
    assert isinstance(held, Quarantined) and claims()[0].why == "unproved"
    _, joined = take(letter(CLEO, to=[reply_to(ours)], **failed), mailbox=mailbox)
    assert isinstance(joined, Filed)
    assert "Sender not proved" in as_user(cast.agent).get(f"/tickets/{answered.id}").text
    assert "Sender not proved" not in as_user(cast.customer).get(f"/tickets/{answered.id}").text
    proved = letter(CLEO, "Me", in_reply_to=ours.message_id, Authentication_Results=passed())
    assert isinstance(take(proved, mailbox=mailbox)[1], Filed)


def test_whoever_was_shut_out_is_held(mailbox: Mailbox, cast: Cast) -> None:
    with unit_of_work():
        begin_writing()
        people.person_for("dov@house.example").deactivated_at = clock.now()
    _, outcome = take(letter(DOV), mailbox=mailbox)
    assert isinstance(outcome, Quarantined) and outcome.reason == "shut_out"


def test_a_mail_from_nobody_is_held(mailbox: Mailbox) -> None:
    _, outcome = take(b"To: support@hearth.example\r\nSubject: x\r\n\r\nHello", mailbox=mailbox)
    assert outcome == Quarantined(reason="no_sender", detail="It does not say whom it is from.")


def test_reply_to_is_no_identity(answered: Ticket, mailbox: Mailbox) -> None:
    ours = last_mail(to="cleo@house.example")
    raw = letter(EVE, to=[reply_to(ours)], reply_to="cleo@house.example")
    _, outcome = take(raw, mailbox=mailbox)
    assert isinstance(outcome, Quarantined)


def test_what_was_solved_long_ago_gets_a_follow_up(
    answered: Ticket, mailbox: Mailbox, cast: Cast
) -> None:
    ours = last_mail(to="cleo@house.example")
    with unit_of_work():
        resolving.resolve(make.ticket_numbered(answered.id), by=cast.agent)
    with time_machine.travel(clock.now() + timedelta(days=8)):
        take(letter(CLEO, "Again!", to=[reply_to(ours)]), mailbox=mailbox)
        take(letter(CLEO, "And again!", to=[reply_to(ours)]), mailbox=mailbox)
    old, new = tickets()
    assert new.follow_up_of_id == old.id
    assert [each.ticket_id for each in messages()[-2:]] == [new.id, new.id]


def test_late_mail_happened_when_it_reached_us(mailbox: Mailbox) -> None:
    then = clock.now() - timedelta(days=2)
    take(letter(EVE), mailbox=mailbox, received_at=then)
    ticket = tickets()[0]
    assert ticket.created_at == messages()[0].created_at == then
    assert {row.occurred_at for row in timeline(ticket.id)} == {then}
    take(letter(EVE, "old"), mailbox=mailbox, received_at=clock.now() - timedelta(days=30))
    assert clock.now() - tickets()[1].created_at < timedelta(minutes=1)


def test_others_on_the_mail_are_proposed_and_join_by_one_click(
    answered: Ticket, mailbox: Mailbox, cast: Cast, as_user: Browser, drain: Drain
) -> None:
    ours = last_mail(to="cleo@house.example")
    others = ["dov@house.example", "new@x.example", "support+x@hearth.example"]
    take(letter(CLEO, to=[reply_to(ours)], cc=others), mailbox=mailbox)
    ben = as_user(cast.agent)
    page = ben.get(f"/tickets/{answered.id}").text
    assert "new@x.example" in page and "support+x@" not in page
    assert as_user(cast.other_customer).get(f"/tickets/{answered.id}").status_code == 404
    assert "new@x.example" not in as_user(cast.customer).get(f"/tickets/{answered.id}").text
    ben.post(f"/tickets/{answered.id}/proposals/1/acceptances")
    assert as_user(cast.other_customer).get(f"/tickets/{answered.id}").status_code == 200
    ben.post(f"/tickets/{answered.id}/proposals/2/dismissals")
    take(letter(CLEO, "More", to=[reply_to(ours)], cc=others), mailbox=mailbox)
    assert "Also got the mail" not in ben.get(f"/tickets/{answered.id}").text


def test_filing_costs_the_same_whatever_the_mail_names(
    answered: Ticket, mailbox: Mailbox, cast: Cast
) -> None:
    ours = last_mail(to="cleo@house.example")
    take(letter(CLEO, "first", in_reply_to=ours.message_id), mailbox=mailbox)
    with counted() as few:
        take(letter(CLEO, in_reply_to=ours.message_id, cc=["a@x.example"]), mailbox=mailbox)
    many = " ".join(f"<{n}@x.example>" for n in range(40))
    copies = [f"p{n}@x.example" for n in range(15)]
    with counted() as lots:
        take(
            letter(CLEO, "b", in_reply_to=ours.message_id, references=many, cc=copies),
            mailbox=mailbox,
        )
    assert len(lots) == len(few) <= 40


def test_the_ledger_names_what_it_became(answered: Ticket, mailbox: Mailbox) -> None:
    raw = letter(CLEO, to=[reply_to(last_mail(to="cleo@house.example"))])
    number, _ = take(raw, mailbox=mailbox)
    row = db.session.get_one(InboundMail, number)
    assert (row.state, row.about) == ("filed", f"message:{messages()[-1].id}")


def test_what_answers_a_mail_about_no_ticket_is_a_new_one(
    mailbox: Mailbox, cast: Cast, answered: Ticket
) -> None:
    with unit_of_work():
        begin_writing()
        ours = db.session.scalars(select(OutboundMail).order_by(OutboundMail.id.desc())).first()
        assert ours is not None
        ours.conversation = None
    take(letter(CLEO, to=[reply_to(ours)]), mailbox=mailbox)
    assert len(tickets()) == 2


def test_real_mails_that_belong_together_come_together(mailbox: Mailbox) -> None:
    folder = Path(os.environ.get("HEARTH_TEST_DATA", "")) / "mail"
    if not (folder / "threads.json").is_file():
        pytest.skip("HEARTH_TEST_DATA is not set")
    pairs = json.loads((folder / "threads.json").read_text())
    for name in sorted({each["parent"] for each in pairs}, key=str):
        take((folder / name).read_bytes(), mailbox=mailbox)
    for pair in pairs:
        child = (folder / pair["child"]).read_bytes()
        number, outcome = take(child, mailbox=mailbox)
        claimed = db.session.scalar(select(Claim.ticket_id).where(Claim.inbound_mail_id == number))
        said = db.session.scalar(select(Message.ticket_id).where(Message.inbound_mail_id == number))
        parent = parse((folder / pair["parent"]).read_bytes())
        of_parent = (
            select(Message.ticket_id)
            .join(InboundMail)
            .where(InboundMail.message_id == parent.message_id)
        )
        assert (claimed or said) in set(db.session.scalars(of_parent)), (pair, outcome)
