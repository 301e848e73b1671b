"""What requesters say is taken down; the last word counts and all stay in the ledger."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.clock import travelling
from app.core.db import db
from app.core.errors import InvalidInput, InvalidTransition
from app.core.uow import reading, unit_of_work
from app.surveys.answering import answer
from app.surveys.survey import Rating, Survey
from app.tickets.history import timeline


@pytest.fixture
def asked(solved: int, drain: Callable[[], int]) -> int:
    drain()
    return solved


def say(rating: Rating, comment: str = "") -> None:
    with unit_of_work():
        answer(db.session.scalars(select(Survey)).one(), rating=rating, comment=comment)


def facts(number: int) -> list[tuple[str, int | None]]:
    with reading():
        rows = timeline(number)
        return [(row.kind, row.payload.get("rating")) for row in rows if row.kind[:7] == "survey."]


def test_the_first_answer_and_every_change_of_mind_are_facts(asked: int) -> None:
    say(Rating.POOR)
    say(Rating.GREAT)
    assert facts(asked)[1:] == [("survey.answered", 2), ("survey.revised", 5)]
    with reading():
        assert db.session.scalars(select(Survey.rating)).one() == 5


def test_saying_the_same_twice_is_one_fact(asked: int) -> None:
    say(Rating.GOOD, "Quick.")
    say(Rating.GOOD, "Quick.")
    assert facts(asked)[1:] == [("survey.answered", 4), ("survey.comment_added", None)]


def test_the_words_stay_out_of_the_ledger(asked: int) -> None:
    say(Rating.GOOD, "Quick and kind.")
    with reading():
        assert not any("Quick" in str(row.payload) for row in timeline(asked))
        assert db.session.scalars(select(Survey.comment)).one() == "Quick and kind."


@pytest.mark.parametrize(("days", "counts"), [(13.99, True), (14, False)])
def test_it_is_open_for_two_weeks(asked: int, days: float, counts: bool) -> None:
    with travelling(clock.now() + timedelta(days=days)):
        if counts:
            say(Rating.GOOD)
        else:
            with pytest.raises(InvalidTransition):
                say(Rating.GOOD)


def test_a_novel_is_refused(asked: int) -> None:
    with pytest.raises(InvalidInput):
        say(Rating.GOOD, "x" * 2001)
