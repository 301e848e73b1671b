"""Mail: what the worker does for it."""

from typing import Any

from app.core.jobs import batch_job, job
from app.mail import keeping, sending, settling


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


@job(attempts=100)
def read(mail_id: int) -> None:
    """Read a mail that came in and offer it to those who may take it.

    How often that may fail is counted in its row; the attempts here are for workers that are stopped.
    """
    settling.settle(mail_id)


@job()
def look_after() -> None:
    """See to it that every mail that does not rest yet has somebody who reads it."""
    for mail_id in settling.left_behind():
        read.later(mail_id=mail_id, _key=reading_of(mail_id))


def reading_of(mail_id: int) -> str:
    """The key of the one job that reads this mail."""
    return f"read mail {mail_id}"
