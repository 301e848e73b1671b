"""When a ticket is solved, its requester hears of it, and is asked how it went."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from app.core import clock
from app.core.clock import travelling
from app.core.db import db
from app.core.uow import begin_writing, reading, unit_of_work
from app.surveys import jobs
from app.surveys.survey import Survey
from app.tickets import replying, resolving
from app.tickets.delivering import note_bounce
from app.tickets.history import timeline
from app.tickets.message import Message
from app.tickets.ticket import Channel
from tests.support import make
from tests.support.cast import Cast
from tests.support.mails import last_mail, outbox

Drain = Callable[[], int]


def surveys() -> list[Survey]:
    db.session.rollback()
    return list(db.session.scalars(select(Survey).order_by(Survey.id)))


def told(number: int) -> list[tuple[str, object]]:
    """What the ledger holds about surveys: kind, and reason or agent."""
    with reading():
        return [
            (row.kind, row.payload.get("reason", row.payload.get("credited_agent_id")))
            for row in timeline(number)
            if row.kind.startswith("survey.")
        ]


def solve(number: int, cast: Cast) -> None:
    with unit_of_work():
        resolving.resolve(make.ticket_numbered(number), by=cast.lead)


def test_the_requester_is_told_and_asked(solved: int, cast: Cast, drain: Drain) -> None:
    drain()
    mail = last_mail(to=cast.customer.email)
    assert mail.subject == f"Solved: The printer prints blank pages [{solved}]"
    assert "Ada Lead marked" in mail.text
    for number, word in enumerate(("Bad", "Poor", "Okay", "Good", "Great"), start=1):
        assert f"{number} {word}" in mail.text
        assert f"rating={number}" in mail.text


def test_the_rating_is_credited_to_the_last_who_answered(
    solved: int, cast: Cast, drain: Drain
) -> None:
    drain()
    (survey,) = surveys()
    assert survey.credited_agent_id == cast.agent.id
    with reading():
        changes = [row for row in timeline(solved) if row.kind == "status.changed"]
        assert survey.episode == changes[-1].seq
    assert told(solved) == [("survey.sent", cast.agent.id)]


def test_a_reply_that_did_not_arrive_earns_no_credit(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    for by in (cast.agent, cast.lead):
        with unit_of_work():
            replying.reply(make.ticket_numbered(number), text="Try this.", by=by)
    drain()
    with unit_of_work():
        bounced = db.session.scalars(select(Message).where(Message.author_id == cast.lead.id)).one()
        note_bounce(bounced, mail_id=None, code="550", reason="No such user")
    drain()
    solve(number, cast)
    drain()
    assert surveys()[0].credited_agent_id == cast.agent.id


def test_a_ticket_opened_again_at_once_is_not_called_solved(
    solved: int, cast: Cast, drain: Drain
) -> None:
    with unit_of_work():
        resolving.reopen(make.ticket_numbered(solved), by=cast.lead)
    drain()
    assert not any("Solved" in mail.subject for mail in outbox())
    assert not surveys()


def test_a_ticket_solved_twice_is_asked_about_twice(solved: int, cast: Cast, drain: Drain) -> None:
    drain()
    with unit_of_work():
        replying.reply(make.ticket_numbered(solved), text="Not yet.", by=cast.customer)
    solve(solved, cast)
    drain()
    assert len(surveys()) == 2


def test_a_job_that_runs_twice_asks_once(solved: int, cast: Cast, drain: Drain) -> None:
    with unit_of_work():
        jobs.tell_solved.later(ticket_id=solved)
    drain()
    assert len(surveys()) == 1
    assert len([mail for mail in outbox() if "Solved" in mail.subject]) == 1


def test_nobody_is_asked_about_two_tickets_within_a_week(
    solved: int, cast: Cast, drain: Drain
) -> None:
    drain()
    other, third = make.ticket(cast.customer).id, make.ticket(cast.customer).id
    solve(other, cast)
    drain()
    mail = last_mail(to=cast.customer.email)
    assert mail.subject.startswith("Solved")
    assert "rating=" not in mail.text
    assert told(other) == [("survey.suppressed", "recently")]
    with travelling(clock.now() + timedelta(days=8)):
        solve(third, cast)
        drain()
    assert told(third) == [("survey.sent", None)]


def test_colleagues_are_told_but_not_asked(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.agent).id
    solve(number, cast)
    drain()
    assert "rating=" not in last_mail(to=cast.agent.email).text
    assert told(number) == [("survey.suppressed", "internal")]


def test_nothing_is_sent_about_imported_tickets(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer, channel=Channel.IMPORT).id
    solve(number, cast)
    drain()
    assert not outbox()
    assert told(number) == [("survey.suppressed", "imported")]


def test_who_cannot_be_reached_was_not_asked(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    with unit_of_work():
        begin_writing()
        cast.customer.email = "nobody@import.invalid"
    solve(number, cast)
    drain()
    assert told(number) == [("survey.suppressed", "undeliverable")]
    assert not surveys()


def test_a_ticket_closed_by_time_is_not_announced(solved: int, cast: Cast, drain: Drain) -> None:
    drain()
    before = len(outbox())
    with travelling(clock.now() + timedelta(days=8)):
        with unit_of_work():
            assert resolving.close_settled() == 1
        drain()
    assert len(outbox()) == before
