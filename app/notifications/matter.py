"""A matter: what notices are about: a ticket, a question, a proposed change to an article, an article."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_

from app.core.errors import InvalidInput
from app.core.web.nonsense import LARGEST_ID
from app.notifications.notice import Notice

_NAMED = re.compile(r"(ticket|question|review):([1-9]\d{0,18})|article:(kb_[a-z2-7]{10})", re.ASCII)

COLUMNS = (Notice.ticket_id, Notice.question_id, Notice.review_id, Notice.article_id)
"""What tells matters apart, in the order of their fields."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One of the ids is there."""

    ticket_id: int | None = None
    question_id: int | None = None
    review_id: int | None = None
    article_id: str | None = None

    @classmethod
    def of(cls, row: Any) -> "Matter":
        """What a notice, or a row with `COLUMNS`, is about."""
        article_id = None if row.review_id else row.article_id
        return cls(row.ticket_id, row.question_id, row.review_id, article_id)

    def __str__(self) -> str:
        """As forms hold it: "ticket:12"."""
        return f"{self.kind}:{self.article_id or self.number}"

    @property
    def kind(self) -> str:
        """In a word."""
        if self.ticket_id:
            return "ticket"
        if self.question_id:
            return "question"
        return "review" if self.review_id else "article"

    @property
    def number(self) -> int:
        """The id that is there, but for an article."""
        return self.ticket_id or self.question_id or self.review_id or 0

    @property
    def page(self) -> str:
        """The endpoint of the page on which everything about it is seen."""
        return _PAGES[self.kind]

    @property
    def where(self) -> dict[str, Any]:
        """The values that the endpoint takes."""
        return {"id": self.article_id} if self.article_id else {"number": self.number}

    @property
    def condition(self) -> ColumnElement[bool]:
        """Leaves only the notices about it."""
        if self.ticket_id is not None:
            return Notice.ticket_id == self.ticket_id
        if self.question_id is not None:
            return Notice.question_id == self.question_id
        if self.review_id is not None:
            return Notice.review_id == self.review_id
        return and_(Notice.article_id == self.article_id, Notice.review_id.is_(None))


_PAGES = {
    "ticket": "tickets.show_ticket",
    "question": "community.show_question",
    "review": "content.show_review",
    "article": "content.show_history",
}


def matter_named(name: str) -> Matter:
    """The matter that a form names.  Raises InvalidInput for anything else."""
    named = _NAMED.fullmatch(name)
    if named is None or int(named[2] or 1) > LARGEST_ID:
        raise InvalidInput("There is no such thing to be told of.")
    if named[3]:
        return Matter(article_id=named[3])
    number = int(named[2])
    match named[1]:
        case "ticket":
            return Matter(ticket_id=number)
        case "question":
            return Matter(question_id=number)
    return Matter(review_id=number)
