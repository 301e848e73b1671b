"""Digests: at their times, once, with what is still new."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from app.accounts.user import User
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.notifications import choosing, reading
from app.notifications.choice import Every
from app.notifications.mails import digesting, jobs
from app.notifications.occasion import Occasion, Way
from app.tickets import assigning
from tests.notifications.desk import choose, note, ticket_of, write
from tests.support import make
from tests.support.cast import Cast
from tests.support.mails import outbox

Drain = Callable[[], int]
BEFORE = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
AT = datetime(2026, 3, 4, 8, 1, tzinfo=UTC)


def happen(cast: Cast, drain: Drain, *, at: datetime = BEFORE) -> int:
    """A customer writes twice on a ticket of the agent, who wants that in the digest."""
    with time_machine.travel(at, tick=False):
        number = ticket_of(cast.agent, requester=cast.customer)
        choose(cast.agent, Occasion.CUSTOMER_WROTE, Way.DIGEST)
        for text in ("The canary sings.", "And again."):
            write(number, text, by=cast.customer)
        drain()
    return number


def look(drain: Drain, *, at: datetime = AT) -> None:
    """What the schedule does every five minutes."""
    with time_machine.travel(at, tick=False):
        with unit_of_work():
            jobs.send_due_digests()
        drain()


def test_a_digest_tells_what_happened_and_repeats_no_words(cast: Cast, drain: Drain) -> None:
    number = happen(cast, drain)
    assert not outbox(to=cast.agent.email)
    look(drain)
    (mail,) = outbox(to=cast.agent.email)
    assert mail.subject == "2 things are new at Hearth"
    assert f"The printer prints blank pages [{number}]" in mail.text
    assert "Cleo Customer wrote, 2 times" in mail.text
    assert f"/tickets/{number}" in mail.text
    assert "/unsubscribe/" in mail.unsubscribe_url
    assert "canary" not in mail.text + mail.html


def test_nothing_comes_before_its_time_or_twice(cast: Cast, drain: Drain) -> None:
    happen(cast, drain)
    look(drain, at=BEFORE.replace(minute=59))
    assert not outbox(to=cast.agent.email)
    for minute in (1, 6, 59):
        look(drain, at=AT.replace(minute=minute))
    assert len(outbox(to=cast.agent.email)) == 1
    look(drain, at=AT.replace(day=5))
    assert len(outbox(to=cast.agent.email)) == 1


def test_a_digest_that_is_written_twice_leaves_once(cast: Cast, drain: Drain) -> None:
    happen(cast, drain)
    due = AT.replace(minute=0)
    for _ in range(2):
        with time_machine.travel(AT, tick=False), unit_of_work():
            jobs.send_digest(cast.agent.id, due.isoformat())
    happen(cast, drain, at=AT)
    with time_machine.travel(AT, tick=False), unit_of_work():
        jobs.send_digest(cast.agent.id, due.isoformat())
    assert len(outbox(to=cast.agent.email)) == 1


def test_a_worker_that_dies_in_between_loses_nothing(cast: Cast, drain: Drain) -> None:
    happen(cast, drain)
    with time_machine.travel(AT, tick=False), pytest.raises(KeyboardInterrupt), unit_of_work():
        jobs.send_digest(cast.agent.id, AT.replace(minute=0).isoformat())
        raise KeyboardInterrupt
    assert not outbox(to=cast.agent.email)
    look(drain, at=AT.replace(hour=11))
    assert len(outbox(to=cast.agent.email)) == 1


@pytest.mark.parametrize("case", ["read", "left", "given back"])
def test_nothing_comes_when_there_is_nothing(cast: Cast, drain: Drain, case: str) -> None:
    number = happen(cast, drain)
    with unit_of_work():
        begin_writing()
        if case == "read":
            reading.read_all(by=cast.agent)
        if case == "left":
            db.session.get_one(User, cast.agent.id).held.clear()
    if case == "given back":
        choose(cast.agent, Occasion.CUSTOMER_WROTE, Way.SITE)
    for minute in (1, 6):
        look(drain, at=AT.replace(minute=minute))
    assert not outbox(to=cast.agent.email)
    with time_machine.travel(AT, tick=False):
        assert list(digesting.due()) == []
    assert number


@pytest.mark.parametrize(
    ("chosen", "comes"),
    [
        ((Every.HOUR, 0, ""), "2026-03-04T08:01"),
        ((Every.DAY, 8, "America/New_York"), "2026-03-04T13:01"),
        ((Every.WEEK, 6, ""), "2026-03-09T06:01"),
    ],
)
def test_everybody_has_times_of_their_own(
    cast: Cast, drain: Drain, chosen: tuple[Any, ...], comes: str
) -> None:
    every, hour, zone = chosen
    with unit_of_work():
        choosing.time_digest(cast.agent, every=every, hour=hour, zone=zone)
    happen(cast, drain)
    at = datetime.fromisoformat(comes).replace(tzinfo=UTC)
    look(drain, at=at.replace(hour=at.hour - 1, minute=58))
    assert not outbox(to=cast.agent.email)
    look(drain, at=at)
    assert len(outbox(to=cast.agent.email)) == 1


def test_notes_are_in_no_digest_but_that_one_was_mentioned(cast: Cast, drain: Drain) -> None:
    with time_machine.travel(BEFORE, tick=False):
        number = make.ticket(cast.customer).id
        choose(cast.agent, Occasion.MENTIONED, Way.DIGEST)
        note(number, "The canary sings, @Ben.", by=cast.lead)
        drain()
    look(drain)
    (mail,) = outbox(to=cast.agent.email)
    assert "Ada Lead mentioned you" in mail.text
    assert "canary" not in mail.text + mail.html


def test_customers_and_the_community_have_digests_too(cast: Cast, drain: Drain) -> None:
    with time_machine.travel(BEFORE, tick=False):
        choose(cast.customer, Occasion.QUESTION_ANSWERED, Way.DIGEST)
        choose(cast.customer, Occasion.QUESTION_ASKED, Way.DIGEST)
        make.answer(make.question(cast.customer), cast.other_customer)
        make.question(cast.other_customer, title="How do I print?")
        drain()
    look(drain)
    (mail,) = outbox(to=cast.customer.email)
    assert "Dov Customer answered your question" in mail.text
    assert "How do I print?" in mail.text


def test_a_ticket_that_was_given_away_is_in_no_digest(cast: Cast, drain: Drain) -> None:
    with time_machine.travel(BEFORE, tick=False):
        number = make.ticket(cast.customer).id
        choose(cast.agent, Occasion.ASSIGNED, Way.DIGEST)
        with unit_of_work():
            assigning.assign(make.ticket_numbered(number), to=cast.agent, by=cast.lead)
        drain()
        with unit_of_work():
            assigning.assign(make.ticket_numbered(number), to=cast.lead, by=cast.lead)
    look(drain)
    assert not outbox(to=cast.agent.email)
