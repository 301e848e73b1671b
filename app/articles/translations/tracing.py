"""Tracing translations to the texts that they were made from."""

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from app.articles.article import Article
from app.core.db import db

_Original = aliased(Article)


def trace() -> None:
    """Note for each text that was translated just now which revision of its original is live.

    To be called at the end of a verb: when both change in one act, they were changed together.
    """
    db.session.flush()  # the statement reads what was changed before it
    live = select(_Original.live_revision_id).where(_Original.id == Article.translation_of)
    fresh = update(Article).where(
        Article.translation_of.is_not(None), Article.translated_from.is_(None)
    )
    db.session.execute(
        fresh.values(translated_from=live.scalar_subquery()),
        execution_options={"synchronize_session": False},
    )
