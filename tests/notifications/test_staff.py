"""What staff are told."""

from collections.abc import Callable

import pytest

from app.accounts import teams
from app.accounts.user import User
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.notifications.occasion import Occasion, Way
from app.notifications.stance import Position
from app.tickets import assigning
from app.tickets.delivering import note_bounce
from app.tickets.events import AuthorKind, MessageReceived, SurveyAnswered, SurveyRevised
from app.tickets.history import record
from app.tickets.message import Message
from app.tickets.ticket import Channel
from app.tickets.triaging import change_team
from tests.notifications.desk import choose, note, notices, take, ticket_of, told, write
from tests.support import make
from tests.support.cast import Cast
from tests.support.mails import last_mail, outbox

Drain = Callable[[], int]


def test_the_assignee_reads_what_the_customer_wrote(cast: Cast, drain: Drain) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    write(number, "Still *blank*.", by=cast.customer)
    drain()
    (mail,) = outbox(to=cast.agent.email)
    assert mail.subject == f"Cleo Customer wrote: The printer prints blank pages [{number}]"
    assert "Still *blank*." in mail.text
    assert f"/tickets/{number}" in mail.text
    assert mail.automatic
    assert told(cast.agent) == ["customer_wrote"]


def test_taking_a_ticket_tells_nobody_and_its_first_message_neither(
    cast: Cast, drain: Drain
) -> None:
    ticket_of(cast.agent, requester=cast.customer)
    drain()
    assert not outbox(to=cast.agent.email)
    assert told(cast.agent) == told(cast.lead) == []


def test_a_message_on_a_ticket_of_nobody_waits_in_the_inbox(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    write(number, "More.", by=cast.customer)
    drain()
    assert {mail.to_address for mail in outbox()} == {cast.customer.email}


def test_being_given_a_ticket_is_told(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    with unit_of_work():
        assigning.assign(make.ticket_numbered(number), to=cast.agent, by=cast.lead)
    drain()
    mail = last_mail(to=cast.agent.email)
    assert "Ada Lead gave you a ticket" in mail.text
    assert "Cleo Customer" in mail.text


def test_a_ticket_that_was_taken_away_again_is_not_told(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    with unit_of_work():
        ticket = make.ticket_numbered(number)
        assigning.assign(ticket, to=cast.agent, by=cast.lead)
        assigning.unassign(ticket, by=cast.lead)
    drain()
    assert not outbox(to=cast.agent.email)


@pytest.mark.parametrize("case", ["works here no more", "deactivated"])
def test_somebody_who_left_is_told_nothing(cast: Cast, drain: Drain, case: str) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    write(number, "More.", by=cast.customer)
    with unit_of_work():
        begin_writing()
        agent = db.session.get_one(User, cast.agent.id)
        if case == "deactivated":
            agent.deactivated_at = agent.confirmed_at
        else:
            agent.held.clear()
    drain()
    assert not outbox(to=cast.agent.email)
    assert told(cast.agent) == []


def test_followers_hear_of_customers_and_colleagues(cast: Cast, drain: Drain) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    take(number, Position.FOLLOWS, by=cast.lead)
    write(number, "Still blank.", by=cast.customer)
    write(number, "Try again.", by=cast.agent)
    note(number, "Odd.", by=cast.agent)
    drain()
    assert told(cast.lead) == ["customer_wrote", "colleague_wrote", "colleague_wrote"]
    assert told(cast.agent) == ["customer_wrote"]
    (mail,) = outbox(to=cast.lead.email)
    assert "Still blank." in mail.text
    assert "you follow it" in mail.text


def test_whoever_is_mentioned_hears_of_the_note_once(cast: Cast, drain: Drain) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    note(number, "What do you think, @Ben?", by=cast.lead)
    drain()
    assert told(cast.agent) == ["mentioned"]
    assert "internal note on ticket" in last_mail(to=cast.agent.email).text


def test_notes_reach_nobody_but_staff(cast: Cast, drain: Drain) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    for person in (cast.customer, cast.other_customer):
        take(number, Position.FOLLOWS, by=person)
    drain()
    before = len(outbox())
    note(number, "The canary sings.", by=cast.lead)
    drain()
    mails = outbox()[before:]
    assert not [mail for mail in mails if "canary" in mail.text + mail.html]
    assert told(cast.customer) == told(cast.other_customer) == []


def test_a_muted_ticket_is_silent_but_for_mentions_and_assignments(
    cast: Cast, drain: Drain
) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    take(number, Position.MUTES, by=cast.agent)
    write(number, "More.", by=cast.customer)
    note(number, "Hm.", by=cast.lead)
    drain()
    assert told(cast.agent) == []
    note(number, "@Ben, please.", by=cast.lead)
    with unit_of_work():
        assigning.assign(make.ticket_numbered(number), to=cast.lead, by=cast.lead)
        assigning.assign(make.ticket_numbered(number), to=cast.agent, by=cast.lead)
    drain()
    assert told(cast.agent) == ["mentioned", "assigned"]


def test_a_team_hears_of_what_is_put_before_it(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    with unit_of_work():
        team = teams.make_team(name="Printers", by=None)
        teams.set_members(team, ids=[cast.agent.id, cast.lead.id], by=None)
        change_team(make.ticket_numbered(number), to=team.id, by=cast.lead)
    drain()
    assert told(cast.agent) == ["new_in_team"]
    assert told(cast.lead) == []
    assert not outbox(to=cast.agent.email)


def test_every_new_ticket_is_told_to_whoever_wants_it(cast: Cast, drain: Drain) -> None:
    choose(cast.lead, Occasion.NEW_UNASSIGNED, Way.SITE)
    make.ticket(cast.customer)
    make.ticket(cast.customer, channel=Channel.IMPORT)
    drain()
    assert told(cast.lead) == ["new_unassigned"]
    assert told(cast.agent) == []


def test_a_reply_that_does_not_arrive_is_told_to_its_writer_and_the_assignee(
    cast: Cast, drain: Drain
) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    message_id = write(number, "Try again.", by=cast.lead)
    drain()
    with unit_of_work():
        message = db.session.get_one(Message, message_id)
        note_bounce(message, mail_id=None, code="550", reason="No such user here.")
    drain()
    assert told(cast.lead) == ["undelivered"]
    assert told(cast.agent) == ["colleague_wrote", "undelivered"]
    mail = last_mail(to=cast.lead.email)
    assert mail.subject.startswith("A reply could not be delivered: ")
    assert "Try again." in mail.text


@pytest.mark.parametrize(("rating", "hears"), [(2, True), (3, False)])
def test_low_ratings_are_told_to_the_assignee(
    cast: Cast, drain: Drain, rating: int, hears: bool
) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    for fact, given in ((SurveyAnswered, 5), (SurveyRevised, rating)):
        with unit_of_work():
            rated = fact(ticket_id=number, by_id=cast.customer.id, survey_id=1, rating=given)
            record(rated, actor=AuthorKind.REQUESTER)
    drain()
    assert told(cast.agent) == ["rated_low"] * hears


def test_what_a_machine_wrote_is_told_to_nobody(cast: Cast, drain: Drain) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    with unit_of_work():
        begin_writing()
        first = db.session.scalar(db.select(Message.id).where(Message.ticket_id == number))
        received = MessageReceived(
            ticket_id=number, by_id=cast.customer.id, message_id=first, public=True,
            author_kind=AuthorKind.REQUESTER, channel=Channel.MAIL, is_auto_reply=True,
        )  # fmt: skip
        record(received, actor=AuthorKind.REQUESTER)
    drain()
    assert told(cast.agent) == []
    assert not outbox(to=cast.agent.email)


def test_whoever_writes_has_seen_what_there_was(cast: Cast, drain: Drain) -> None:
    number = ticket_of(cast.agent, requester=cast.customer)
    write(number, "More.", by=cast.customer)
    drain()
    note(number, "I look into it.", by=cast.agent)
    assert [each.read_at is not None for each in notices(cast.agent)] == [True]
