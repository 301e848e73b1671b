"""The facts that the community announces."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CommunityFact(Event):
    """A fact about one question and what hangs on it, and who brought it about."""

    question_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(CommunityFact):
    """Somebody asked."""


@dataclass(frozen=True, kw_only=True)
class AnswerPosted(CommunityFact):
    """Somebody answered."""

    answer_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(CommunityFact):
    """The answer is the one that solved it; `instead_of_id` had been so until now."""

    answer_id: int
    instead_of_id: int | None


@dataclass(frozen=True, kw_only=True)
class AnswerUnaccepted(CommunityFact):
    """The answer is not the one that solved it after all; none is."""

    answer_id: int


@dataclass(frozen=True, kw_only=True)
class VoteCast(CommunityFact):
    """Somebody voted on the question, or on its answer: 1, -1, or 0 for a vote taken back."""

    answer_id: int | None
    value: int


@dataclass(frozen=True, kw_only=True)
class PostHidden(CommunityFact):
    """A moderator took the question, or its answer, out of sight."""

    answer_id: int | None


@dataclass(frozen=True, kw_only=True)
class PostUnhidden(CommunityFact):
    """A moderator brought the question, or its answer, back."""

    answer_id: int | None
