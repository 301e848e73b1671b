"""What the knowledge base announces."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ArticleChanged(Event):
    """An article is new, or reads, stands or is visible differently; or it was withdrawn."""

    article_id: str


@dataclass(frozen=True, kw_only=True)
class ConflictFound(Event):
    """The file of an article and its live text contradict each other: somebody has to choose."""

    article_id: str
