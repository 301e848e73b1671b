"""What the knowledge base announces."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ArticleChanged(Event):
    """An article is new, or reads, stands or is visible differently; or it was withdrawn."""

    article_id: str
