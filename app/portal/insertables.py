"""Finding what can be put into a message: guides and solved questions that customers may read."""

from collections.abc import Sequence

from sqlalchemy import Integer, bindparam, select

from app.accounts.audiences import PUBLIC, SIGNED_IN
from app.accounts.user import User
from app.articles.article import Article, Visibility
from app.articles.languages import place
from app.articles.linking import address
from app.articles.revision import Revision
from app.community.answer import Answer
from app.community.question import Question
from app.core.db import db
from app.core.errors import NotFound
from app.core.settings import settings
from app.core.web.addresses import absolute
from app.portal.insertion import Insertion, Kind
from app.search.document import Hit
from app.search.query import find

MOST = 10
FOR_CUSTOMERS = [Visibility.PUBLIC, Visibility.SIGNED_IN]

_ARTICLE = (
    select(Article.id, Article.slug, Article.lang, Article.title, Revision.body)
    .join(Revision, Revision.id == Article.live_revision_id)
    .where(
        Article.id == bindparam("id"),
        Article.shown,
        Article.visibility.in_(FOR_CUSTOMERS),
    )
)
_ANSWER = (
    select(Question.id, Question.title, Answer.text)
    .join(Answer, Answer.question_id == Question.id)
    .where(
        Question.id == bindparam("id", type_=Integer),
        Answer.accepted_at.is_not(None),
        Answer.hidden_at.is_(None),
        Question.hidden_at.is_(None),
    )
)


def found_to_insert(text: str, user: User) -> Sequence[Hit]:
    """What holds these words, the best first."""
    kinds = [each.value for each in Kind]
    found = find(text, viewer=user, audiences={PUBLIC, SIGNED_IN}, kinds=kinds, per_page=MOST)
    return [hit for hit in found.items if hit.status == "answered" or _is_open_guide(hit)]


def insertion(kind: Kind, ref: str) -> Insertion:
    """The thing itself.  Raises NotFound when customers may not read it, or nothing solved it."""
    match kind:
        case Kind.ARTICLE:
            row = db.session.execute(_ARTICLE, {"id": ref}).first()
            if row is not None:
                url = settings().public_url + address(place(row.slug, row.lang))
                return Insertion(kind, row.id, row.title, url, row.body)
        case Kind.QUESTION:
            number = int(ref) if ref.isascii() and ref.isdigit() and len(ref) < 10 else 0
            solved = db.session.execute(_ANSWER, {"id": number}).first()
            if solved is not None:
                url = absolute("community.show_question", number=solved.id)
                return Insertion(kind, str(solved.id), solved.title, url, solved.text)
    raise NotFound("There is no such guide or solved question that customers may read.")


def _is_open_guide(hit: Hit) -> bool:
    return hit.kind == Kind.ARTICLE and hit.status != "internal"
