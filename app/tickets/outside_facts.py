"""Facts about a ticket that other rooms know of: what became of mails, ratings, guides that were put in."""

from dataclasses import dataclass
from typing import ClassVar

from app.tickets.fact import TicketFact


@dataclass(frozen=True, kw_only=True)
class ArticleInserted(TicketFact):
    """Staff put the text of a guide into what they were writing."""

    kind: ClassVar[str] = "article.inserted"
    article_id: str


@dataclass(frozen=True, kw_only=True)
class ArticleLinked(TicketFact):
    """Staff put a link to a guide into what they were writing."""

    kind: ClassVar[str] = "article.linked"
    article_id: str


@dataclass(frozen=True, kw_only=True)
class QuestionLinked(TicketFact):
    """Staff put a solved question, or its answer, into what they were writing."""

    kind: ClassVar[str] = "question.linked"
    question_id: int


@dataclass(frozen=True, kw_only=True)
class DeliverySent(TicketFact):
    """A mail server took the mail of a message."""

    kind: ClassVar[str] = "delivery.sent"
    message_id: int
    mail_id: int


@dataclass(frozen=True, kw_only=True)
class DeliveryBounced(TicketFact):
    """The mail of a message was refused for good; `code` is the server's, such as 550."""

    kind: ClassVar[str] = "delivery.bounced"
    message_id: int
    mail_id: int | None
    hard: bool
    code: str


@dataclass(frozen=True, kw_only=True)
class ReplyVoided(TicketFact):
    """A reply did not reach the requester and does not count as one."""

    kind: ClassVar[str] = "reply.voided"
    message_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class SurveySent(TicketFact):
    """The requester was asked how it went.  `episode` is the seq of the resolution asked about."""

    kind: ClassVar[str] = "survey.sent"
    survey_id: int
    episode: int
    credited_agent_id: int | None


@dataclass(frozen=True, kw_only=True)
class SurveySuppressed(TicketFact):
    """The requester was not asked; `reason` says why."""

    kind: ClassVar[str] = "survey.suppressed"
    episode: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(TicketFact):
    """The requester rated, 1 to 5."""

    kind: ClassVar[str] = "survey.answered"
    survey_id: int
    rating: int


@dataclass(frozen=True, kw_only=True)
class SurveyRevised(TicketFact):
    """The requester rated again; the last rating counts, both stay."""

    kind: ClassVar[str] = "survey.revised"
    survey_id: int
    rating: int


@dataclass(frozen=True, kw_only=True)
class SurveyCommentAdded(TicketFact):
    """The requester said why."""

    kind: ClassVar[str] = "survey.comment_added"
    survey_id: int
