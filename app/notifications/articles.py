"""Who is told of what happens to articles."""

from app.articles.events import ConflictFound
from app.notifications import jobs


def on_conflict(fact: ConflictFound) -> None:
    """Whoever looks after the article, and those who may end the conflict."""
    jobs.tell_of_conflict.later(article_id=fact.article_id)
