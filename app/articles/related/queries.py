"""Reading what to read next."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from app.accounts.user import Person
from app.articles.access import VISIBLE, ShownArticle, readable_by
from app.articles.article import STAMP, Article
from app.articles.queries.library import Listed
from app.articles.related.relation import Relation
from app.core.db import at_most, db
from app.core.web.remembering import remembered

MOST = 4


def related_to(article: ShownArticle, user: Person) -> Sequence[Listed]:
    """What this person may read next, the best first.  One statement, remembered."""
    readable = readable_by(user)

    def read() -> Sequence[Listed]:
        parameters = {"id": article.id, "lang": article.lang, "readable": readable}
        return [Listed(*row) for row in db.session.execute(_RELATED, parameters)]

    return remembered(STAMP, ("related", article.id, *readable), read)


_RELATED = (
    select(Article.slug, Article.lang, Article.title, Article.summary)
    .join(Relation, Relation.other_id == Article.id)
    .where(Relation.article_id == bindparam("id"), Article.lang == bindparam("lang"), VISIBLE)
    .order_by(Relation.rank, Article.id)
    .limit(at_most(MOST))
)
