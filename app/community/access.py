"""Who may see and do what in the community."""

from collections.abc import Callable
from enum import Enum, StrEnum
from typing import Protocol

from sqlalchemy import ColumnElement, Integer, bindparam, or_, select, true

from app.accounts.permissions import Permission
from app.accounts.user import Person
from app.community.answer import Answer
from app.community.question import Question
from app.core.db import db
from app.core.errors import NotAllowed, NotFound

ME = bindparam("me", type_=Integer)
GONE = "There is no such question here, or it was taken down."


class Act(StrEnum):
    """What can be done to a question or an answer."""

    ANSWER = "answer"
    VOTE = "vote"
    ACCEPT = "accept"
    MODERATE = "moderate"


class Sight(Enum):
    """Who sees what is hidden: moderators all of it, everybody else what they wrote themselves."""

    ALL = 1
    OWN = 2


class Authored(Protocol):
    """Something that somebody wrote."""

    @property
    def author_id(self) -> int:
        """Whose it is."""
        ...


def _wrote(user: Person, post: Authored) -> bool:
    return user.id is not None and user.id == post.author_id


RULES: dict[Act, Callable[[Person, Authored], bool]] = {
    Act.ANSWER: lambda user, question: user.may(Permission.COMMUNITY_ANSWER),
    Act.VOTE: lambda user, post: user.may(Permission.COMMUNITY_VOTE) and not _wrote(user, post),
    Act.ACCEPT: lambda user, question: (
        _wrote(user, question) or user.may(Permission.COMMUNITY_MODERATE)
    ),
    Act.MODERATE: lambda user, post: user.may(Permission.COMMUNITY_MODERATE),
}
REFUSALS = {
    Act.ANSWER: "Sign in with a confirmed account to answer.",
    Act.VOTE: "You cannot vote on what you wrote yourself.",
    Act.ACCEPT: "Only the person who asked can say which answer solved it.",
    Act.MODERATE: "Your account may not do this. Ask a moderator of this desk.",
}


def sight_of(user: Person) -> Sight:
    """How far this person sees."""
    return Sight.ALL if user.may(Permission.COMMUNITY_MODERATE) else Sight.OWN


def visible(sight: Sight, post: type[Question] | type[Answer]) -> ColumnElement[bool]:
    """The condition that leaves only posts which people of this sight may see.

    A statement with it is given the person's id as the parameter `me`.
    """
    if sight is Sight.ALL:
        return true()
    return or_(post.hidden_at.is_(None), post.author_id == ME)


def question_for(act: Act, question_id: int, *, user: Person) -> Question:
    """The question, to do this to it.  Raises NotFound, or NotAllowed if it may only be seen."""
    seen = visible(sight_of(user), Question)
    question = db.session.scalar(
        select(Question).where(Question.id == question_id, seen), {"me": user.id}
    )
    if question is None:
        raise NotFound(GONE)
    _allow(act, question, user)
    return question


def answer_for(act: Act, answer_id: int, *, user: Person) -> tuple[Question, Answer]:
    """The answer, to do this to it, and its question.  Raises NotFound or NotAllowed."""
    sight = sight_of(user)
    found = db.session.execute(
        select(Question, Answer)
        .join(Answer, Answer.question_id == Question.id)
        .where(Answer.id == answer_id, visible(sight, Question), visible(sight, Answer)),
        {"me": user.id},
    ).first()
    if found is None:
        raise NotFound("There is no such answer here, or it was taken down.")
    question, answer = found
    _allow(act, answer, user)
    return question, answer


def answer_to(question: Question, answer_id: int, *, user: Person) -> Answer:
    """An answer to this question.  Raises NotFound."""
    its = (Answer.id == answer_id, Answer.question_id == question.id)
    seen = select(Answer).where(*its, visible(sight_of(user), Answer))
    answer = db.session.scalar(seen, {"me": user.id})
    if answer is None:
        raise NotFound("There is no such answer to this question.")
    return answer


def _allow(act: Act, post: Authored, user: Person) -> None:
    if not RULES[act](user, post):
        raise NotAllowed(REFUSALS[act])
