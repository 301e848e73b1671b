"""The demo company in the database, as people find it."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.accounts import passwords
from app.accounts.permissions import Role
from app.accounts.user import HeldRole, User
from app.community.answer import Answer
from app.community.question import Question
from app.core import clock
from app.core.db import db
from app.core.jobs.model import Job
from app.core.settings import Settings
from app.mail.inbound import InboundMail
from app.mail.outbound import OutboundMail, State
from app.ops import seeding
from app.surveys.survey import Survey
from app.tickets.claims.claim import Claim
from app.tickets.history import TicketEvent
from app.tickets.message import Message, MessageFile
from app.tickets.ticket import Stage, Status, Ticket
from tests.support.databases import PostgresTemplate, SqliteTemplate

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(scope="module")
def filled(
    template: SqliteTemplate | PostgresTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """A house with the demo in it: filled once, as no test of this module changes anything."""
    folder = tmp_path_factory.mktemp("demo")
    with template.copy(folder) as url:
        made = create_app(Settings(instance=folder, database_url=url))
        done = made.test_cli_runner().invoke(args=["demo", "fill"])
        assert done.exit_code == 0, done.output
        yield made
        with made.app_context():
            for engine in db.engines.values():
                engine.dispose()


@pytest.fixture
def app(filled: Flask) -> Iterator[Flask]:
    with filled.app_context():
        yield filled


def count(thing: type[Any], *conditions: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(thing).where(*conditions)) or 0


def test_nothing_waits_before_the_first_real_mail() -> None:
    assert count(Job, Job.run_at <= clock.now()) == 0


def test_everything_that_was_promised_is_there() -> None:
    assert count(Ticket) == 120
    assert count(Question) == 30
    assert count(User, User.password_hash.is_not(None)) == 12
    assert count(MessageFile) >= 10
    assert count(Answer, Answer.accepted_at.is_not(None)) > 20
    assert count(Question, Question.answer_count == 0) >= 3


def test_mail_came_in_and_one_waits_to_be_looked_at() -> None:
    states = Counter(db.session.scalars(select(InboundMail.state)))
    assert states["filed"] > 20 and states["quarantined"] == 1
    assert count(Message, Message.automatic) == 1
    assert count(Claim, Claim.decided_at.is_(None)) == 1
    assert count(Ticket, Ticket.channel == "mail") == 14


def test_every_kind_of_thing_happened_that_can_happen_on_a_desk() -> None:
    kinds = set(db.session.scalars(select(TicketEvent.kind).distinct()))
    assert kinds >= {
        "ticket.created", "status.changed", "assigned", "priority.changed", "tag.added", "note.added",
        "message.received", "message.queued", "message.released", "delivery.bounced", "reply.voided",
        "survey.sent", "survey.suppressed", "survey.answered", "survey.comment_added",
    }  # fmt: skip


def test_some_were_happy_and_some_were_not() -> None:
    ratings = Counter(db.session.scalars(select(Survey.rating).where(Survey.rating.is_not(None))))
    assert min(ratings) < 3 and ratings.most_common(1)[0][0] == 5
    assert 20 < ratings.total() < count(Survey)


def test_mails_were_written_when_it_happened_and_none_waits_to_leave() -> None:
    states = set(db.session.scalars(select(OutboundMail.state).distinct()))
    assert states == {State.KEPT, State.FAILED}
    late = clock.now() - timedelta(hours=1)
    assert count(OutboundMail) > 400
    assert not count(OutboundMail, OutboundMail.created_at > late)


def test_nobody_rated_before_being_asked() -> None:
    assert not count(Survey, Survey.answered_at < Survey.sent_at)


def test_every_view_of_the_inbox_has_something_in_it() -> None:
    assert count(Ticket, Ticket.assignee_id.is_(None), Ticket.stage != Stage.DONE) >= 3
    assert {status for status in Status if not count(Ticket, Ticket.status == status)} == set()
    staff = select(HeldRole.user_id).where(HeldRole.role.in_([Role.AGENT, Role.LEAD]))
    for agent_id in db.session.scalars(staff):
        assert count(Ticket, Ticket.assignee_id == agent_id, Ticket.stage != Stage.DONE)


def test_nothing_is_from_the_future_and_the_newest_is_from_the_last_working_day() -> None:
    newest = db.session.scalar(select(func.max(Ticket.created_at)))
    recorded = db.session.scalar(select(func.max(TicketEvent.recorded_at)))
    assert newest and recorded and recorded < clock.now()
    assert clock.now() - newest < timedelta(days=4)


def test_times_of_rows_are_those_of_their_facts() -> None:
    opened = select(Ticket.created_at, func.min(TicketEvent.occurred_at)).join(TicketEvent)
    rows = db.session.execute(opened.group_by(Ticket.id, Ticket.created_at)).all()
    assert len(rows) == 120
    assert all(created == first for created, first in rows)


def test_the_printed_password_opens_every_printed_account() -> None:
    for _, address in seeding.sign_ins():
        user = db.session.scalars(select(User).where(User.email == address)).one()
        assert user.is_active
        assert passwords.matches(user.password_hash, seeding.PASSWORD)


def test_links_to_guides_have_become_whole_addresses() -> None:
    texts = "".join(db.session.scalars(select(Message.text)))
    assert "](help:" not in texts
    assert "](http://127.0.0.1:5000/help/outgoing-mail)" in texts


def test_asking_for_it_again_changes_nothing_and_tells_how_to_sign_in(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["demo", "fill"])
    assert told.exit_code == 0
    assert seeding.PASSWORD in told.output and "jonas@hearth.example" in told.output
    assert count(Ticket) == 120
