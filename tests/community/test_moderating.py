import pytest

from app.community import answering, moderating
from app.community.events import PostHidden, PostUnhidden
from app.core.errors import InvalidInput
from app.core.uow import unit_of_work
from tests.support import make
from tests.support.cast import Cast
from tests.support.heard import heard


def test_hiding_an_answer_takes_it_from_the_count_and_takes_its_mark(cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    with unit_of_work():
        answering.accept(question, answer, by=cast.customer)
    with heard(PostHidden) as facts, unit_of_work():
        moderating.hide_answer(question, answer, reason="Spam", by=cast.moderator)
    assert (question.answer_count, answer.accepted_at) == (0, None)
    assert (answer.hidden_by_id, answer.hidden_reason) == (cast.moderator.id, "Spam")
    assert len(facts) == 1


def test_hiding_twice_counts_once_and_the_last_reason_stands(cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    for reason in ("Spam", "Names a customer"):
        with unit_of_work():
            moderating.hide_answer(question, answer, reason=reason, by=cast.moderator)
    assert (question.answer_count, answer.hidden_reason) == (0, "Names a customer")


def test_showing_again_undoes_hiding(cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    with unit_of_work():
        moderating.hide_answer(question, answer, reason="Spam", by=cast.moderator)
        moderating.hide_question(question, reason="Spam", by=cast.moderator)
    with heard(PostUnhidden) as facts, unit_of_work():
        moderating.unhide_answer(question, answer, by=cast.moderator)
        moderating.unhide_question(question, by=cast.moderator)
    assert (question.answer_count, question.hidden_at, answer.hidden_at) == (1, None, None)
    assert [fact.answer_id for fact in facts] == [answer.id, None]  # type: ignore[attr-defined]


@pytest.mark.parametrize("reason", ["  ", "x" * 201])
def test_hiding_wants_a_reason_of_one_line(cast: Cast, reason: str) -> None:
    question = make.question(cast.customer)
    with pytest.raises(InvalidInput), unit_of_work():
        moderating.hide_question(question, reason=reason, by=cast.moderator)
