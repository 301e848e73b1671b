"""Mail of people who work here: what they answer and command, and what they do not get to do."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts import teams
from app.accounts.changing_roles import deactivate
from app.accounts.user import User
from app.core.db import db
from app.core.uow import reading, unit_of_work
from app.mail.mailbox import Mailbox
from app.mail.receivers import Filed, Ignored, Quarantined
from app.tickets import assigning, replying, resolving
from app.tickets.claims.claim import Claim
from app.tickets.history import timeline
from app.tickets.message import Message
from app.tickets.ticket import Priority, Status, Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.inbound import AUTHSERV, letter, passed, reply_to, take
from tests.support.mails import last_mail, outbox

Drain = Callable[[], int]
BEN = "Ben Agent <ben@house.example>"
SECRET = "plumbago"


@pytest.fixture
def told(cast: Cast, guarded: Mailbox, drain: Drain) -> Ticket:
    """A ticket of Cleo that is Ben's, about whose last message he was told by mail."""
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        assigning.assign(ticket, to=cast.agent, by=cast.agent)
    drain()
    with unit_of_work():
        replying.reply(make.ticket_numbered(ticket.id), text="Any news?", by=cast.customer)
    drain()
    return ticket


def answer(text: str, mailbox: Mailbox, *, proof: str | None = None, sender: str = BEN) -> object:
    ours = last_mail(to="ben@house.example")
    said = passed() if proof is None else proof
    raw = letter(sender, text, to=[reply_to(ours)], Authentication_Results=said)
    return take(raw, mailbox=mailbox)[1]


def last() -> Message:
    db.session.rollback()
    return db.session.scalars(select(Message).order_by(Message.id.desc())).first()  # type: ignore[return-value]


def facts(number: int) -> list[str]:
    with reading():
        return [row.kind for row in timeline(number)]


def test_an_answer_reaches_the_customer(told: Ticket, guarded: Mailbox, drain: Drain) -> None:
    assert isinstance(answer("Try another cable.", guarded), Filed)
    drain()
    assert (last().visibility, last().direction, last().channel) == ("public", "out", "mail")
    assert "Try another cable." in last_mail(to="cleo@house.example").text


def test_an_answer_to_a_note_stays_among_staff(
    told: Ticket, guarded: Mailbox, cast: Cast, drain: Drain
) -> None:
    with unit_of_work():
        text = f"@Ben Agent, the word is {SECRET}"
        replying.add_note(make.ticket_numbered(told.id), text=text, by=cast.lead)
    drain()
    answer("Then we tell her nothing.", guarded)
    drain()
    assert last().visibility == "internal"
    assert all("tell her nothing" not in each.text for each in outbox(to="cleo@house.example"))


def test_an_answer_to_an_assignment_is_a_note(guarded: Mailbox, cast: Cast, drain: Drain) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        assigning.assign(ticket, to=cast.agent, by=cast.lead)
    drain()
    answer("I am on it.", guarded)
    assert last().visibility == "internal"


@pytest.mark.parametrize(
    "proof",
    [
        "",
        f"{AUTHSERV}; dmarc=fail header.from=house.example",
        f"{AUTHSERV}; dkim=pass header.d=evil.example",
        "evil.example; dmarc=pass header.from=house.example",
    ],
)
def test_who_is_not_proved_neither_answers_nor_commands(
    told: Ticket, guarded: Mailbox, proof: str
) -> None:
    outcome = answer("#resolve\nPay to this account.", guarded, proof=proof)
    assert isinstance(outcome, Quarantined)
    assert not make.ticket_numbered(told.id).is_done
    assert last().text == "Any news?"
    claim = db.session.scalars(select(Claim)).one()
    assert (claim.why, claim.ticket_id) == ("colleague", told.id)


def test_where_no_server_vouches_the_signed_address_is_proof(
    cast: Cast, mailbox: Mailbox, drain: Drain
) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        assigning.assign(ticket, to=cast.agent, by=cast.agent)
        replying.reply(ticket, text="Any news?", by=cast.customer)
    drain()
    assert isinstance(answer("Yes.", mailbox, proof=""), Filed)
    assert last().visibility == "public"


def test_without_the_signed_address_nobody_is_staff(told: Ticket, guarded: Mailbox) -> None:
    ours = last_mail(to="ben@house.example")
    raw = letter(BEN, "#resolve", in_reply_to=ours.message_id, Authentication_Results=passed())
    assert isinstance(take(raw, mailbox=guarded)[1], Quarantined)
    assert not make.ticket_numbered(told.id).is_done


def test_nobody_acts_with_the_address_of_a_colleague(told: Ticket, guarded: Mailbox) -> None:
    """Ada holds a mail that went to Ben."""
    outcome = answer("#resolve", guarded, sender="Ada <ada@house.example>")
    assert isinstance(outcome, Quarantined)


def test_whoever_works_here_no_more_has_no_power(
    told: Ticket, guarded: Mailbox, cast: Cast
) -> None:
    with unit_of_work():
        deactivate(cast.agent, by=cast.admin)
    assert isinstance(answer("#resolve", guarded), Quarantined)
    assert not make.ticket_numbered(told.id).is_done


def test_commands_and_text_are_one_act(told: Ticket, guarded: Mailbox, drain: Drain) -> None:
    with unit_of_work():
        teams.make_team(name="Billing", by=None)
    said = "#assign ada\n#priority high\n#tag printer, paper\n#team bill\n#resolve\n\nTry another cable."
    assert isinstance(answer(said, guarded), Filed)
    ticket = make.ticket_numbered(told.id)
    assert (ticket.status, ticket.priority) == (Status.RESOLVED, Priority.HIGH)
    assert db.session.get_one(User, ticket.assignee_id).name == "Ada Lead"
    assert ticket.tag_names == ["paper", "printer"] and ticket.team_id
    assert last().text == "Try another cable."
    with reading():
        acts = {row.correlation_id for row in timeline(told.id)[-7:]}
    assert len(acts) == 1


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("#resolve", Status.RESOLVED),
        ("#close", Status.CLOSED),
        ("#wait", Status.WAITING_CUSTOMER),
        ("#hold", Status.WAITING_THIRD),
    ],
)
def test_commands_need_no_text(told: Ticket, guarded: Mailbox, said: str, status: Status) -> None:
    assert answer(said, guarded) == Filed(about=f"ticket:{told.id}")
    assert make.ticket_numbered(told.id).status is status
    assert last().text == "Any news?"


def test_more_commands(told: Ticket, guarded: Mailbox, cast: Cast) -> None:
    answer("#unassign\n#snooze 2d\n#tag a b", guarded)
    ticket = make.ticket_numbered(told.id)
    assert ticket.assignee_id is None and ticket.snoozed_until and ticket.tag_names == ["a", "b"]
    answer("#untag a\n#assign me\n#resolve", guarded)
    ticket = make.ticket_numbered(told.id)
    assert ticket.assignee_id == cast.agent.id and ticket.tag_names == ["b"] and ticket.is_done
    answer("#reopen", guarded)
    assert make.ticket_numbered(told.id).status is Status.OPEN


def test_a_note_is_a_note_whatever_it_answers(told: Ticket, guarded: Mailbox, drain: Drain) -> None:
    before = len(outbox(to="cleo@house.example"))
    answer(f"#note\nThe word is {SECRET}.", guarded)
    drain()
    assert last().visibility == "internal" and SECRET in last().text
    assert len(outbox(to="cleo@house.example")) == before


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("#explode", "There is no command #explode"),
        ("#assign nobody-here", "There is no colleague “nobody-here” here."),
        ("#assign a", "“a” could be Ada Lead, Ben Agent."),
        ("#priority whatever", "“whatever” is no priority"),
        ("#team moon", "There is no team “moon” here."),
        ("#snooze tomorrow", "“tomorrow” is no time"),
        ("#assign cleo@house.example", "Cleo Customer does not answer tickets here."),
        ("#tag", "Say which tag."),
    ],
)
def test_what_cannot_be_done_is_answered_and_nothing_is_done(
    told: Ticket, guarded: Mailbox, drain: Drain, command: str, reason: str
) -> None:
    before, mails = facts(told.id), len(outbox(to="cleo@house.example"))
    outcome = answer(f"#tag urgent\n{command}\n#resolve\nText for Cleo.", guarded)
    drain()
    assert isinstance(outcome, Ignored) and reason in outcome.detail
    assert facts(told.id) == before
    assert len(outbox(to="cleo@house.example")) == mails
    said = last_mail(to="ben@house.example")
    assert said.subject.startswith("Not done") and reason in said.text
    assert "Text for Cleo." in said.text


def test_a_closed_ticket_takes_no_answer_and_says_so(
    told: Ticket, guarded: Mailbox, drain: Drain
) -> None:
    ours = last_mail(to="ben@house.example")
    answer("#close", guarded)
    raw = letter(BEN, "One more thing.", to=[reply_to(ours)], Authentication_Results=passed())
    _, outcome = take(raw, mailbox=guarded)
    assert isinstance(outcome, Ignored)
    assert "takes no more replies" in last_mail(to="ben@house.example").text


def test_commands_of_customers_are_words(told: Ticket, guarded: Mailbox) -> None:
    ours = outbox(to="cleo@house.example")[0]
    take(letter("cleo@house.example", "#resolve\nplease", to=[reply_to(ours)]), mailbox=guarded)
    assert last().text == "#resolve\nplease"
    assert not make.ticket_numbered(told.id).is_done


def test_colleagues_ask_by_mail_when_they_are_proved(guarded: Mailbox, cast: Cast) -> None:
    _, asked = take(letter(BEN, "My chair", Authentication_Results=passed()), mailbox=guarded)
    assert isinstance(asked, Filed) and last().direction == "in"
    _, held = take(letter(BEN, "My salary"), mailbox=guarded)
    assert isinstance(held, Quarantined)
    assert db.session.scalars(select(Claim)).one().ticket_id is None


def test_colleagues_answer_their_own_ticket_as_its_requester(
    guarded: Mailbox, cast: Cast, drain: Drain
) -> None:
    ticket = make.ticket(cast.agent)
    with unit_of_work():
        replying.reply(ticket, text="Which chair?", by=cast.lead)
    drain()
    answer("The red one.", guarded)
    assert (last().direction, last().author_id) == ("in", cast.agent.id)
    with unit_of_work():
        resolving.resolve(make.ticket_numbered(ticket.id), by=cast.lead)
