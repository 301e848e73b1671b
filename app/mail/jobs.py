"""Mail: what the worker does for it."""

from typing import Any

from app.core.jobs import batch_job, job
from app.mail import keeping, sending


@batch_job(size=20, attempts=100)
def send(batch: list[dict[str, Any]]) -> None:
    """Hand waiting mail to the server; what did not leave is tried again later."""
    done = sending.send_in_turn([row["mail_id"] for row in batch])
    for mail_id, delay in done.again.items():
        send.later(mail_id=mail_id, _delay=delay)
    if done.anything_left or done.rest:
        send.hasten(mail_id=sending.to_wake(done))


@job()
def knock() -> None:
    """Try one mail of those that a server keeps waiting; when it leaves, all others follow at once."""
    send.hasten(mail_id=sending.to_knock())


@job()
def keep(mail_id: int) -> None:
    """Write a kept mail to its file."""
    keeping.keep(mail_id)
