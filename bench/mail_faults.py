"""Mail that comes in while everything is killed: `python -m bench.mail_faults 10000`.

A Dovecot with that many mails, a third of which come by LMTP meanwhile; the worker and the LMTP
receiver are killed every 0.3 to 3 s and the wire to the server is cut, until `KILLS` kills are done.
Then a worker is left alone until every mail rests.  Prints a table, exits with 1 when a mail is
missing, double or changed.  `--calm` kills nobody: it measures how fast mail comes in.
"""

import argparse
import os
import random
import resource
import smtplib
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.core import clock, storage
from app.core.db import db
from app.core.settings import Settings
from app.core.uow import reading, unit_of_work
from app.mail import jobs
from app.mail.books import books_by_mailbox, in_all
from app.mail.credentials import Credentials
from app.mail.inbound import RESTING, InboundMail
from app.mail.mailbox import Security
from app.mail.mailboxes import add_mailbox
from app.mail.proving import prove
from app.mail.sighting import Sighting
from tests.support.dovecot import PASSWORD, Dovecot, dovecot
from tests.support.processes import environment
from tests.support.smtp import free_port
from tests.support.stable import Stable, stable
from tests.support.wire import Cut, cutting

USER = "desk"
WITH_FILE = 10
"""One mail of so many has a file."""
BY_LMTP = 3


@dataclass
class Driver:
    """What was sent, what was acknowledged, and how often somebody was killed."""

    port: int
    sent: list[bytes]
    acknowledged: set[bytes] = field(default_factory=set)
    tries: int = 0

    def bring(self) -> None:
        """Hand every third mail over by LMTP, again and again until somebody says yes."""
        for raw in self.sent[::BY_LMTP]:
            while raw not in self.acknowledged:
                self.tries += 1
                with suppress(OSError, smtplib.SMTPException):
                    with smtplib.LMTP("127.0.0.1", self.port, timeout=10) as client:
                        client.sendmail("cleo@house.example", ["help@desk.example"], raw)
                    self.acknowledged.add(raw)
                    break
                time.sleep(0.05)


def main() -> int:
    """Run it; the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("mails", type=int, nargs="?", default=1000)
    arguments.add_argument("--kills", type=int, default=300)
    arguments.add_argument("--calm", action="store_true")
    arguments.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = arguments.parse_args()
    print(f"{asked.mails} mails, seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        app = _desk(Path(folder))
        server = stack.enter_context(dovecot())
        wire = stack.enter_context(cutting(server.port))
        stack.enter_context(app.app_context())
        return _run(asked, app, server, wire, stack)


def _run(
    asked: argparse.Namespace, app: Flask, server: Dovecot, wire: Cut, stack: ExitStack
) -> int:
    chance = random.Random(asked.seed)
    driver = Driver(free_port(), [_mail(chance) for _ in range(asked.mails)])
    with unit_of_work():
        add_mailbox(
            address="help@desk.example", host="127.0.0.1", port=wire.port, security=Security.NONE,
            username=USER, done_folder="Done", trouble_folder="Trouble",
            credentials=Credentials(password=PASSWORD),
        )  # fmt: skip
    by_imap = [raw for number, raw in enumerate(driver.sent) if number % BY_LMTP]
    server.put(USER, *by_imap)
    horses = stack.enter_context(stable(environment(app)))
    began = time.monotonic()
    bringing = threading.Thread(target=driver.bring, daemon=True)
    bringing.start()
    if not asked.calm:
        _kill(horses, wire, driver, chance, asked.kills)
    killed_s = time.monotonic() - began
    horses.start("mail", "receive", "--port", str(driver.port))
    worker = horses.start("worker")
    largest_mb = _wait(asked.mails, worker)
    total_s = time.monotonic() - began
    bringing.join(timeout=60)
    return _report(driver, horses, killed_s=killed_s, total_s=total_s, largest_mb=largest_mb)


def _desk(folder: Path) -> Flask:
    variables = {**os.environ, "HEARTH_INSTANCE": str(folder)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    subprocess.run(command, env=variables, check=True, stderr=subprocess.DEVNULL)
    url = os.environ.get("DATABASE_URL", "")
    return create_app(
        Settings(instance=folder, database_url=url, job_lease_s=2, mail_poll_every_s=10)
    )


def _mail(chance: random.Random) -> bytes:
    """A mail with an id of its own; some say neither when they were written nor how they are called."""
    mail, name = EmailMessage(policy=SMTP), uuid.uuid4().hex
    mail["From"] = f"Cleo <cleo{chance.randrange(5000)}@house.example>"
    mail["To"] = "help@desk.example"
    mail["Subject"] = f"Smoke {name[:8]}"
    if chance.random() < 0.9:
        mail["Date"] = clock.now()
        mail["Message-ID"] = f"<{name}@house.example>"
    mail.set_content(
        f"The printer smokes, says {name}.\n" + "Gr\u00fc\u00dfe. " * chance.randrange(200)
    )
    if chance.randrange(WITH_FILE) == 0:
        mail.add_attachment(
            chance.randbytes(chance.randrange(200_000)), "image", "png", filename="a.png"
        )
    return bytes(mail)


def _kill(horses: Stable, wire: Cut, driver: Driver, chance: random.Random, kills: int) -> None:
    """Let them live for 0.3 to 3 s each, and cut the wire now and then."""
    while horses.kills < kills:
        running = [
            horses.start("worker"),
            horses.start("mail", "receive", "--port", str(driver.port)),
        ]
        time.sleep(chance.uniform(0.3, 3))
        if chance.random() < 0.3:
            wire.cut()
        for pid in running:
            horses.kill(pid)


def _wait(mails: int, worker: int) -> float:
    """Until every mail rests; gives the largest resident set of the worker, in MB."""
    largest = 0.0
    while True:
        with unit_of_work():
            jobs.look_after()
        with reading():
            resting = select(func.count()).where(InboundMail.state.in_(RESTING))
            done = db.session.scalar(resting) or 0
        with suppress(OSError, IndexError):
            pages = int(Path(f"/proc/{worker}/statm").read_text().split()[1])
            largest = max(largest, pages * resource.getpagesize() / 1e6)
        if done >= mails:
            return largest
        time.sleep(1)


def _report(
    driver: Driver, horses: Stable, *, killed_s: float, total_s: float, largest_mb: float
) -> int:
    proof = prove()
    with reading():
        rows = db.session.scalars(select(InboundMail)).all()
        kept = Counter(map(_bytes, rows))
        sightings = db.session.scalar(select(func.count(Sighting.id)))
        books = in_all(books_by_mailbox())
        deadly = sum(mail.reason == "deadly" for mail in rows)
    wanted = Counter(driver.sent)
    lost, double = wanted - kept, kept - wanted
    for name, value in {
        "mails": len(driver.sent),
        "kills": horses.kills,
        "there, byte for byte": sum((wanted & kept).values()),
        "lost": sum(lost.values()),
        "acknowledged and lost": sum(raw in driver.acknowledged for raw in lost),
        "double": sum(double.values()),
        "arrivals noted": sightings,
        "given up because workers died": deadly,
        "books": str(books),
        "findings of the proof": len(proof.findings),
        "seconds under fire": f"{killed_s:.0f}",
        "seconds in all": f"{total_s:.0f}",
        "mails a second": f"{len(driver.sent) / total_s:.1f}",
        "largest worker, MB": f"{largest_mb:.0f}",
    }.items():
        print(f"{name:<32}{value}")
    bare = sum(b"Message-ID" not in raw for raw in double)
    if double:
        print(
            f"of the double ones {bare} say nothing of themselves and came again after a lost answer"
        )
    return int(bool(lost) or bool(sum(double.values()) - bare) or bool(proof.findings))


def _bytes(mail: InboundMail) -> bytes:
    with storage.open(mail.sha256) as file:
        return file.read()


if __name__ == "__main__":
    sys.exit(main())
