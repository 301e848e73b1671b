"""The mail server is away: does everything arrive, once and in order, and how soon after it is back?

    python -m bench.outage --replies 2000 --hours 2

The real worker runs in a process of its own on a new database.  While nobody listens at the address of the
mail server, the replies are written; the waiting mails are aged to what an outage of that many hours
makes of them; then a server listens, and takes what comes.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select, update

from app import create_app
from app.accounts import people
from app.accounts.permissions import Role
from app.accounts.user import HeldRole, User
from app.core import clock
from app.core.db import db
from app.core.jobs.model import Job
from app.core.settings import Settings
from app.core.uow import begin_writing, reading, unit_of_work
from app.mail.jobs import send
from app.mail.outbound import OutboundMail, State
from app.mail.sending import BEHIND
from app.tickets.opening import open_ticket
from app.tickets.replying import reply
from app.tickets.ticket import Ticket
from tests.support.smtp import Sink, free_port, smtp_server
from tests.support.workers import wait_until, worker

REPLIES_A_TICKET = 10
LONGEST_WAIT_S = 7200
PATIENCE_S = 1800


def main() -> None:
    """Take the server away, write, bring it back, count."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--replies", type=int, default=2000)
    options.add_argument("--hours", type=float, default=2)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        app = desk(Path(folder), port)
        with app.app_context(), worker(app):
            write(chosen.replies)
            wait_until(lambda: nothing_but_mail_waits(), seconds=PATIENCE_S)
            age(chosen.hours)
            print(f"waiting while the server is away: {count(State.QUEUED)}", flush=True)
            with smtp_server(port) as sink:
                began = time.monotonic()
                wait_until(lambda: count(State.QUEUED) == 0, seconds=PATIENCE_S)
                report(sink, seconds=time.monotonic() - began)


def desk(folder: Path, port: int) -> Flask:
    """A desk with an empty database, whose mail server is not there yet."""
    url = f"smtp://127.0.0.1:{port}"
    app = create_app(Settings(instance=folder, smtp_url=url, undo_send_s=0))
    with app.app_context():
        upgrade()
    return app


def write(replies: int) -> None:
    """Tickets, with replies that bear a number."""
    with unit_of_work():
        agent = people.person_for("agent@bench.example", name="Ada Agent")
        agent.held, agent.confirmed_at = [HeldRole(role=Role.AGENT)], clock.now()
    numbers = [begin(each) for each in range(replies // REPLIES_A_TICKET)]
    for place in range(REPLIES_A_TICKET):
        for number in numbers:
            with unit_of_work():
                ticket = db.session.get_one(Ticket, number)
                by = db.session.get_one(User, agent.id)
                reply(ticket, text=f"Answer {place} of ticket {number}.", by=by)


def begin(each: int) -> int:
    """A ticket of a customer of its own."""
    with unit_of_work():
        person = people.person_for(f"customer{each}@bench.example", name=f"Customer {each}")
        return open_ticket(requester=person, subject=f"Outage {each}", text="Help.").id


def nothing_but_mail_waits() -> bool:
    """Whether the worker has written every mail and tried to send what was due."""
    with reading():
        others = select(func.count()).where(Job.name != send.name)
        due = select(func.count()).where(Job.run_at <= clock.now())
        return not db.session.scalar(others) and not db.session.scalar(due)


def age(hours: float) -> None:
    """Make the mails as old as the outage, and their next tries as far away as they would be."""
    with unit_of_work():
        begin_writing()
        earlier = clock.now() - timedelta(hours=hours)
        waiting = update(OutboundMail).where(OutboundMail.state == State.QUEUED)
        db.session.execute(waiting.values(queued_at=earlier, created_at=earlier))
        for job in db.session.scalars(select(Job).where(Job.name == send.name)):
            tried = db.session.get_one(OutboundMail, job.arguments["mail_id"]).waits_for_server
            longest_s = min(hours * 3600, LONGEST_WAIT_S) if tried else BEHIND.total_seconds()
            wait_s = random.uniform(0, longest_s)
            job.run_at = clock.now() + timedelta(seconds=wait_s)


def count(state: State) -> int:
    """How many mails stand so."""
    with reading():
        found = select(func.count()).where(OutboundMail.state == state)
        return db.session.scalar(found) or 0


def report(sink: Sink, *, seconds: float) -> None:
    """What arrived, how often, and in what order."""
    copies = Counter(sink.message_ids)
    print("| mails | arrived | twice | out of order | failed | minutes |")
    print("|---|---|---|---|---|---|")
    print(
        f"| {count(State.SENT)} | {len(copies)} | {sum(each > 1 for each in copies.values())} "
        f"| {out_of_order(sink)} | {count(State.FAILED)} | {seconds / 60:.1f} |"
    )


def out_of_order(sink: Sink) -> int:
    """How many mails a reader got before an earlier one of the same ticket."""
    with reading():
        rows = db.session.execute(select(OutboundMail.message_id, OutboundMail.id))
        place = {row[0]: row[1] for row in rows}
    got: dict[str, list[int]] = {}
    for recipient, message_id in zip(sink.recipients, sink.message_ids, strict=True):
        got.setdefault(recipient, []).append(place[message_id])
    return sum(descents(each) for each in got.values())


def descents(places: Sequence[int]) -> int:
    """How often the next is smaller."""
    return sum(after < before for before, after in pairwise(places))


if __name__ == "__main__":
    main()
