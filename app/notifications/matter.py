"""A matter: what notices are about, one ticket or one question."""

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from app.core.errors import InvalidInput
from app.core.web.nonsense import LARGEST_ID
from app.notifications.notice import Notice

_NAMED = re.compile(r"(ticket|question):([1-9]\d{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Matter:
    """One of the two ids is there."""

    ticket_id: int | None = None
    question_id: int | None = None

    def __str__(self) -> str:
        """As forms hold it: "ticket:12"."""
        return f"{'ticket' if self.ticket_id else 'question'}:{self.number}"

    @property
    def number(self) -> int:
        """The id that is there."""
        return self.ticket_id or self.question_id or 0

    @property
    def page(self) -> str:
        """The endpoint of the page on which everything about it is seen; it takes the `number`."""
        return "tickets.show_ticket" if self.ticket_id else "community.show_question"

    @property
    def condition(self) -> ColumnElement[bool]:
        """Leaves only the notices about it."""
        if self.ticket_id is not None:
            return Notice.ticket_id == self.ticket_id
        return Notice.question_id == self.question_id


def matter_named(name: str) -> Matter:
    """The matter that a form names.  Raises InvalidInput for anything else."""
    match = _NAMED.fullmatch(name)
    if match is None or int(match[2]) > LARGEST_ID:
        raise InvalidInput("There is no such thing to be told of.")
    return Matter(**{f"{match[1]}_id": int(match[2])})
