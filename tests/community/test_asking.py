import pytest

from app.community import asking
from app.community.events import QuestionAsked
from app.community.question import Question
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.uow import unit_of_work
from tests.support import make
from tests.support.cast import Cast
from tests.support.heard import heard


def test_a_question_has_one_line_as_title_and_its_text_as_html(cast: Cast) -> None:
    question = make.question(cast.customer, title="  Why is\n it  empty? ", text="It **is**.")
    assert question.title == "Why is it empty?"
    assert question.html == "<p>It <strong>is</strong>.</p>"
    assert question.excerpt == "It is."


def test_asking_is_announced(cast: Cast) -> None:
    with heard(QuestionAsked) as facts:
        question = make.question(cast.customer)
    assert facts == [QuestionAsked(question_id=question.id, by_id=cast.customer.id)]


@pytest.mark.parametrize(
    ("title", "text", "field"),
    [
        (" ", "text", "title"),
        ("t" * 151, "text", "title"),
        ("t", " ", "text"),
        ("t", "x" * 30_001, "text"),
    ],
)
def test_a_question_without_words_or_with_too_many_is_refused(
    cast: Cast, title: str, text: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused, unit_of_work():
        asking.ask(title=title, text=text, by=cast.customer)
    assert refused.value.field == field
    assert db.session.query(Question).count() == 0


def test_html_in_a_question_is_shown_as_text(cast: Cast) -> None:
    question = make.question(cast.customer, text="<script>alert(1)</script>")
    assert "<script>" not in question.html
