"""What those who look after articles are told: that a file and the app contradict each other."""

from sqlalchemy import or_, select

from app.accounts.people import names_with
from app.accounts.permissions import Permission
from app.accounts.user import User
from app.articles.article import Article
from app.core.db import db
from app.core.web.addresses import absolute
from app.mail.composing import compose
from app.mail.outbound import Kind
from app.mail.posting import queue


def tell_of_conflict(article_id: str) -> None:
    """Send the owner and all who may write articles the way to the conflict, if it is still there."""
    article = db.session.get(Article, article_id)
    if article is None or not article.in_conflict:
        return
    wanted = select(User).where(
        or_(User.id.in_(names_with(Permission.ARTICLES_WRITE)), User.id == article.owner_id)
    )
    composed = compose(
        "notifications/mail/conflict.md",
        title=article.title,
        url=absolute("content.show_conflict", id=article.id),
    )
    for person in db.session.scalars(wanted.order_by(User.id)).all():
        if person.is_active and person.may(Permission.ARTICLES_READ_INTERNAL):
            about = f"article:{article.id}"
            queue(composed, to=person.email, kind=Kind.ARTICLE, automatic=True, about=about)
