"""Who is told of what happens in the community."""

from app.community.events import AnswerAccepted, AnswerPosted, QuestionAsked
from app.notifications import jobs, reading
from app.notifications.matter import Matter


def on_asked(fact: QuestionAsked) -> None:
    """Whoever wants to hear of every question does."""
    jobs.tell_of_question.later(question_id=fact.question_id, by_id=fact.by_id)


def on_answered(fact: AnswerPosted) -> None:
    """Whoever asked hears of it; whoever answers has seen what there was."""
    reading.read(fact.by_id, Matter(question_id=fact.question_id))
    jobs.tell_of_answer.later(answer_id=fact.answer_id, by_id=fact.by_id)


def on_accepted(fact: AnswerAccepted) -> None:
    """Whoever answered hears that it helped."""
    jobs.tell_of_acceptance.later(answer_id=fact.answer_id, by_id=fact.by_id)
