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


@dataclass(frozen=True, kw_only=True)
class ReviewRequested(Event):
    """Somebody proposed a change to an article, or another text for the same change."""

    review_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ReviewCommented(Event):
    """Somebody said something about a proposed change."""

    review_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ChangesAsked(Event):
    """A proposed change went back to whoever proposed it."""

    review_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ReviewApproved(Event):
    """A proposed change is published."""

    review_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ArticleDue(Event):
    """The time has come at which somebody should look whether an article is still right."""

    article_id: str
