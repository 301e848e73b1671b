"""The whole way: a verb, the worker, the index, the database, a page of hits."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.accounts.audiences import audiences_of
from app.accounts.user import Person, Visitor
from app.community import moderating
from app.core.db import db
from app.core.jobs.model import Job
from app.core.uow import begin_writing, unit_of_work
from app.search import index, jobs, sources
from app.search.document import Document, Findings
from app.search.query import Order, find
from tests.support import make
from tests.support.cast import Cast
from tests.support.queries import counted

Drain = Callable[[], int]


def search(app: Flask, text: str, viewer: Person | None = None, **more: Any) -> Findings:
    viewer = viewer or Visitor()
    with app.test_request_context():
        return find(text, viewer=viewer, audiences=audiences_of(viewer), **more)


def damage() -> None:
    folder = index.engine().folders.current()
    assert folder
    for file in folder.iterdir():
        file.unlink()
    index.engine()._look_at = 0.0


def test_a_question_is_found_after_the_worker_was_there(
    app: Flask, cast: Cast, drain: Drain
) -> None:
    question = make.question(cast.customer, title="Why is the <index> empty?", text="Tell me.")
    make.answer(question, cast.agent, text="Start the **worker**, it fills the index.")
    drain()
    findings = search(app, "worker index")
    (hit,) = findings.items
    assert hit.kind == "question"
    assert hit.url == f"/community/questions/{question.id}"
    assert hit.title == "Why is the &lt;<mark>index</mark>&gt; empty?"
    assert "Start the <mark>worker</mark>, it fills the <mark>index</mark>." in hit.snippet
    assert hit.facts == ("1 answer", "0 votes")


def test_what_is_hidden_after_it_was_indexed_is_not_shown(
    app: Flask, cast: Cast, drain: Drain
) -> None:
    question = make.question(cast.customer, title="About the printer")
    drain()
    with unit_of_work():
        moderating.hide_question(question, reason="Spam", by=cast.moderator)
    assert search(app, "printer").items == []
    drain()
    assert search(app, "printer", cast.moderator).items == []


def test_what_is_gone_from_the_database_is_not_shown(app: Flask, cast: Cast, drain: Drain) -> None:
    question = make.question(cast.customer, title="About the printer")
    drain()
    with unit_of_work():
        begin_writing()
        db.session.delete(question)
    assert search(app, "printer").items == []


def test_a_search_without_words_finds_nothing(app: Flask, cast: Cast) -> None:
    assert search(app, "  how do I??  ").items == []


def test_many_changes_are_one_run_of_the_worker(app: Flask, cast: Cast, drain: Drain) -> None:
    drain()
    for _ in range(5):
        make.question(cast.customer, title="About the printer")
    names = db.session.scalars(select(Job.name)).all()
    others = [name for name in names if name != jobs.reindex.name]
    assert len(names) - len(others) == 5
    assert drain() == len(others) + 1
    assert len(search(app, "printer").items) == 5


def test_pages_and_order_can_be_chosen(app: Flask, cast: Cast, drain: Drain) -> None:
    for number in range(12):
        make.question(cast.customer, title=f"Printer no{number}")
    drain()
    first = search(app, "printer", order=Order.NEWEST)
    second = search(app, "printer", order=Order.NEWEST, page=2)
    titles = [hit.title.striptags() for hit in (*first.items, *second.items)]
    assert titles == [f"Printer no{number}" for number in reversed(range(12))]
    assert (first.after, second.after) == ("2", None)


def test_without_an_index_titles_are_looked_through(app: Flask, cast: Cast, drain: Drain) -> None:
    for title in ("Old printer", "New printer", "Something else"):
        make.question(cast.customer, title=title, text="printer")
    findings = search(app, "printers")
    assert [hit.title.striptags() for hit in findings.items] == ["New printer", "Old printer"]
    assert findings.without_index
    drain()
    findings = search(app, "printers")
    assert len(findings.items) == 3
    assert not findings.without_index


@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_index_is_noticed_and_built_again(app: Flask, cast: Cast, drain: Drain) -> None:
    make.question(cast.customer, title="Printer")
    drain()
    damage()
    assert search(app, "printer").without_index
    with unit_of_work():
        jobs.look_after()
    drain()
    assert not search(app, "printer").without_index
    assert len(search(app, "printer").items) == 1


def test_a_sound_index_is_left_alone(app: Flask, cast: Cast, drain: Drain) -> None:
    make.question(cast.customer)
    drain()
    with unit_of_work():
        jobs.look_after()
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0


def test_a_command_builds_the_index_anew(app: Flask, cast: Cast) -> None:
    for _ in range(3):
        make.question(cast.customer, title="Printer")
    result = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert result.exit_code == 0, result.output
    assert "The new index is in place." in result.output
    assert len(search(app, "printer").items) == 3


@pytest.mark.parametrize("broken", [False, True])
def test_a_search_costs_the_same_with_two_hits_and_with_twenty(
    app: Flask, cast: Cast, drain: Drain, broken: bool
) -> None:
    costs = []
    for number in (2, 18):
        for _ in range(number):
            question = make.question(cast.customer, title="Printer")
            make.answer(question, cast.agent)
            make.ticket(cast.customer, subject="Printer")
        if not broken:
            drain()
        with counted() as sent:
            findings = search(app, "printer", cast.agent, per_page=50)
        assert findings.without_index == broken
        costs.append(len(sent))
    assert costs[0] == costs[1]


def test_a_thing_that_cannot_be_read_keeps_no_other_out(
    app: Flask, cast: Cast, drain: Drain, caplog: pytest.LogCaptureFixture
) -> None:
    index.rebuild()
    with unit_of_work():
        jobs.reindex.later(kind="ticket", ref="no number")
    made = [make.ticket(cast.customer, subject=f"Toner {number}") for number in range(3)]
    drain()
    assert len(search(app, "toner", cast.agent).items) == len(made)
    (said,) = [record for record in caplog.records if record.message == "not indexed"]
    assert (said.__dict__["kind"], said.__dict__["ref"]) == ("ticket", "no number")


def test_a_database_that_does_not_answer_is_no_reason_to_leave_things_out(
    app: Flask, cast: Cast, drain: Drain
) -> None:
    def weather(_refs: Sequence[str]) -> list[Document]:
        db.session.execute(text("SELECT nothing"))
        return []

    sources.init_app(app, [replace(sources.installed()["ticket"], documents=weather)])
    make.ticket(cast.customer)
    with pytest.raises(DBAPIError):
        index.rebuild()
