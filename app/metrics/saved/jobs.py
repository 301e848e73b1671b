"""The night shift of saved reports: their mails."""

from datetime import datetime

from app.core.jobs import job
from app.metrics.saved import mailing


@job()
def send_report(subscription_id: int, user_id: int, due: str) -> None:
    """Send somebody the figures that were due then."""
    mailing.send(subscription_id, user_id, due_at=datetime.fromisoformat(due))


@job()
def send_due_reports() -> None:
    """Have every mail with figures written that is due."""
    for subscription_id, user_id, due_at in mailing.due():
        key = f"report:{subscription_id}:{user_id}:{due_at.isoformat()}"
        send_report.later(
            subscription_id=subscription_id, user_id=user_id, due=due_at.isoformat(), _key=key
        )


@job()
def forget_old() -> None:
    """Forget mails of long ago: of each subscription, only the last one matters."""
    mailing.forget_old()
