"""The night shift: mails that are made of notices."""

from datetime import datetime

from app.core.jobs import job
from app.notifications.mails import digesting, gathering
from app.notifications.matter import Matter


@job()
def gather(
    user_id: int,
    ticket_id: int | None,
    question_id: int | None,
    review_id: int | None = None,
    article_id: str | None = None,
) -> None:
    """Send somebody what is new about one thing, if they have not seen it."""
    gathering.send(user_id, Matter(ticket_id, question_id, review_id, article_id))


@job()
def send_digest(user_id: int, due: str) -> None:
    """Send somebody the digest that was due then."""
    digesting.send(user_id, due_at=datetime.fromisoformat(due))


@job()
def send_due_digests() -> None:
    """Have every digest written that is due."""
    for user_id, due_at in digesting.due():
        send_digest.later(user_id=user_id, due=due_at.isoformat())
