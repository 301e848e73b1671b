"""Questions with their answers, for the search."""

from collections.abc import Iterable, Sequence
from functools import cache

from flask import url_for
from sqlalchemy import BindParameter, bindparam, func, select

from app.accounts.audiences import PUBLIC
from app.accounts.user import Person
from app.community.access import Sight, sight_of, visible
from app.community.answer import Answer
from app.community.events import CommunityFact
from app.community.queries.lists import Columns, solved
from app.community.question import Question
from app.core.db import db
from app.core.web.filters import plural
from app.search.asked import Asked
from app.search.document import Document, Shown
from app.search.jobs import reindex as reindex_later
from app.search.sources import Source, saying_all, saying_some

KIND = "question"


def reindex(fact: CommunityFact) -> None:
    """Let the worker bring the question up to date in the index."""
    reindex_later.later(kind=KIND, ref=str(fact.question_id))


def documents(refs: Sequence[str]) -> Iterable[Document]:
    """Title, text and answers; nothing of what is hidden."""
    ids = [int(ref) for ref in refs]
    answers: dict[int, list[str]] = {}
    rows = select(Answer.question_id, Answer.text).where(
        Answer.question_id.in_(ids), Answer.hidden_at.is_(None)
    )
    for question_id, text in db.session.execute(rows.order_by(Answer.id)):
        answers.setdefault(question_id, []).append(text)
    questions = select(Question.id, Question.title, Question.text, Question.created_at).where(
        Question.id.in_(ids), Question.hidden_at.is_(None)
    )
    for key, title, text, at in db.session.execute(questions):
        body = "\n\n".join((text, *answers.get(key, ())))
        yield Document(
            kind=KIND,
            ref=str(key),
            title=title,
            body=body,
            audiences=frozenset({PUBLIC}),
            updated_at=at,
        )


def refs() -> Sequence[str]:
    """All questions."""
    return [str(key) for key in db.session.scalars(select(Question.id).order_by(Question.id))]


def shown(refs: Sequence[str], viewer: Person, asked: Asked) -> list[Shown]:
    """The questions, each with its text or with an answer that says one of the words."""
    sight = sight_of(viewer)
    values = {"me": viewer.id, "ids": [int(ref) for ref in refs]} | asked.patterns
    saying = db.session.execute(_answers_saying(sight, len(asked.words)), values)
    answers = {row.question_id: row.text for row in saying}
    return [
        Shown(
            ref=str(key),
            title=title,
            url=url_for("community.show_question", number=key),
            text=text if asked.is_said_in(text) else answers.get(key, text),
            status="answered" if done else "",
            facts=(plural(count, "answer"), plural(score, "vote")),
            updated_at=at,
        )
        for key, title, text, score, count, at, done in db.session.execute(_shown(sight), values)
    ]


def titled(asked: Asked, viewer: Person, count: int) -> Sequence[str]:
    """Questions with the words in their titles, the newest first."""
    named = saying_all(Question.title, len(asked.words))
    found = select(Question.id).where(visible(sight_of(viewer), Question), named)
    newest = found.order_by(Question.created_at.desc(), Question.id.desc()).limit(count)
    keys = db.session.scalars(newest, {"me": viewer.id} | asked.patterns)
    return [str(key) for key in keys]


@cache
def _shown(sight: Sight) -> Columns:
    return select(
        Question.id,
        Question.title,
        Question.text,
        Question.score,
        Question.answer_count,
        Question.created_at,
        solved(),
    ).where(Question.id.in_(_IDS), visible(sight, Question))


@cache
def _answers_saying(sight: Sight, words: int) -> Columns:
    """For each question the answer with the most votes that says one of the words."""
    place = func.row_number().over(
        partition_by=Answer.question_id, order_by=(Answer.score.desc(), Answer.id)
    )
    saying = (
        select(Answer.question_id, Answer.text, place.label("place"))
        .where(Answer.question_id.in_(_IDS), visible(sight, Answer))
        .where(saying_some(Answer.text, words))
        .subquery()
    )
    return select(saying.c.question_id, saying.c.text).where(saying.c.place == 1)


_IDS: BindParameter[int] = bindparam("ids", expanding=True)
SOURCE = Source(kind=KIND, documents=documents, refs=refs, shown=shown, titled=titled)
