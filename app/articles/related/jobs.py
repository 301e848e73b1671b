"""The night shift of relations."""

from app.articles.related import relating
from app.core.jobs import job


@job()
def relate() -> None:
    """Find out which articles belong together."""
    relating.relate()
