"""Moderating: out of everybody's sight, and back."""

from app.accounts.user import User
from app.community.announcing import announce
from app.community.answer import Answer
from app.community.events import PostHidden, PostUnhidden
from app.community.post import LONGEST_REASON
from app.community.question import Question
from app.core import clock
from app.core.errors import InvalidInput
from app.core.uow import verb


@verb
def hide_question(question: Question, *, reason: str, by: User) -> None:
    """Take the question out of sight, with its answers.  Raises InvalidInput (field `reason`)."""
    if _hide(question, reason, by):
        announce(PostHidden(question_id=question.id, answer_id=None, by_id=by.id))


@verb
def unhide_question(question: Question, *, by: User) -> None:
    """Bring the question back."""
    if _unhide(question):
        announce(PostUnhidden(question_id=question.id, answer_id=None, by_id=by.id))


@verb
def hide_answer(question: Question, answer: Answer, *, reason: str, by: User) -> None:
    """Take the answer out of sight; it is not the accepted one any more.

    Raises InvalidInput (field `reason`).
    """
    if _hide(answer, reason, by):
        answer.accepted_at = answer.accepted_by_id = None
        question.answer_count -= 1
        announce(PostHidden(question_id=question.id, answer_id=answer.id, by_id=by.id))


@verb
def unhide_answer(question: Question, answer: Answer, *, by: User) -> None:
    """Bring the answer back."""
    if _unhide(answer):
        question.answer_count += 1
        announce(PostUnhidden(question_id=question.id, answer_id=answer.id, by_id=by.id))


def _hide(post: Question | Answer, reason: str, by: User) -> bool:
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise InvalidInput(f"A reason has 1 to {LONGEST_REASON} characters.", field="reason")
    was_visible = post.hidden_at is None
    post.hidden_at = post.hidden_at or clock.now()
    post.hidden_by_id, post.hidden_reason = by.id, reason
    return was_visible


def _unhide(post: Question | Answer) -> bool:
    was_hidden = post.hidden_at is not None
    post.hidden_at = post.hidden_by_id = None
    post.hidden_reason = ""
    return was_hidden
