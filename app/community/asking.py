"""Asking a question."""

from app.accounts.user import User
from app.community.announcing import announce
from app.community.events import QuestionAsked
from app.community.question import EXCERPT_LENGTH, Question, normal_title
from app.core.db import db
from app.core.excerpts import excerpt
from app.core.uow import verb
from app.core.written import Written, written


def ask(*, title: str, text: str, by: User) -> Question:
    """Put a question to everybody.  Raises InvalidInput (field `title` or `text`)."""
    return _ask(normal_title(title), written(text), by=by)


@verb
def _ask(title: str, said: Written, *, by: User) -> Question:
    question = Question(
        title=title,
        text=said.text,
        html=said.html,
        renderer_version=said.renderer_version,
        excerpt=excerpt(said.text, length=EXCERPT_LENGTH),
        author_id=by.id,
    )
    db.session.add(question)
    db.session.flush()  # the fact needs its id
    announce(QuestionAsked(question_id=question.id, by_id=by.id))
    return question
