"""Who is told of what happens in the community."""

from app.community.events import AnswerAccepted, AnswerPosted
from app.notifications import jobs


def on_answered(fact: AnswerPosted) -> None:
    """Whoever asked gets the answer."""
    jobs.tell_of_answer.later(answer_id=fact.answer_id, by_id=fact.by_id)


def on_accepted(fact: AnswerAccepted) -> None:
    """Whoever answered hears that it helped."""
    jobs.tell_of_acceptance.later(answer_id=fact.answer_id, by_id=fact.by_id)
