"""What people in the community are told: that they were answered, that it helped, what is asked."""

from app.community.answer import Answer
from app.community.question import Question
from app.core.db import db
from app.notifications import choosing
from app.notifications.noting import Happening, note
from app.notifications.occasion import Occasion


def tell_of_answer(answer_id: int, *, by_id: int) -> None:
    """Tell whoever asked."""
    answer = db.session.get_one(Answer, answer_id)
    author_id = db.session.get_one(Question, answer.question_id).author_id
    note(Occasion.QUESTION_ANSWERED, [author_id], _about(answer, by_id))


def tell_of_acceptance(answer_id: int, *, by_id: int) -> None:
    """Tell whoever answered that it solved the question, if it still counts as that."""
    answer = db.session.get_one(Answer, answer_id)
    if answer.accepted_at:
        note(Occasion.ANSWER_ACCEPTED, [answer.author_id], _about(answer, by_id))


def tell_of_question(question_id: int, *, by_id: int) -> None:
    """Tell whoever wants to hear of every new question."""
    wanting = choosing.who_chose(Occasion.QUESTION_ASKED)
    note(Occasion.QUESTION_ASKED, wanting, Happening(by_id=by_id, question_id=question_id))


def _about(answer: Answer, by_id: int) -> Happening:
    return Happening(by_id=by_id, question_id=answer.question_id, answer_id=answer.id)
