"""Workers that are killed and wires that are cut lose no mail, and bring none twice (R-01 in small).

`python -m bench.mail_faults` does the same with ten thousand mails.
"""

import random
import threading
import time
import uuid
from typing import Any

import pytest
from flask import Flask

from app.core import storage
from app.mail.books import books_by_mailbox
from app.mail.inbound import RESTING
from tests.mail.imap.conftest import MakeBox, make_box, server, user
from tests.mail.things import ledger, letter
from tests.support.dovecot import Dovecot
from tests.support.processes import environment
from tests.support.stable import Stable, stable
from tests.support.wire import Cut, cutting
from tests.support.workers import wait_until

__all__ = ["make_box", "server", "user"]

MAILS = 200
KILLS = 20


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"job_lease_s": 1, "mail_poll_every_s": 10}


def mails() -> list[bytes]:
    """Mails with an id of their own in the text, some with a date and a Message-ID, some without."""
    bare: dict[str, Any] = {"date": None, "message_id": None}
    return [mail(uuid.uuid4().hex, **bare if number % 5 == 0 else {}) for number in range(MAILS)]


def mail(name: str, **headers: str | None) -> bytes:
    said = {"message_id": f"<{name}@x>"} | headers
    return letter(f"{name}\r\n.\r\nFrom {name} Gr\u00fc\u00dfe", **said)


def bring(sent: list[bytes], server: Dovecot, user: str, horses: Stable) -> None:
    """Put mails into the box, so many for each kill that every worker has something to do."""
    for number, each in enumerate(sent):
        while horses.kills < number * KILLS // len(sent):
            time.sleep(0.01)
        server.put(user, each)


def kill_again_and_again(horses: Stable, wire: Cut, chance: random.Random) -> None:
    """Let each worker get to its work and live for 0.3 to 1 s, and cut the wire now and then."""
    while horses.kills < KILLS:
        before = progress()
        pid = horses.start("worker")
        wait_until(lambda before=before: progress() > before)
        time.sleep(chance.uniform(0, 0.7))
        if chance.random() < 0.3:
            wire.cut()
            time.sleep(0.2)
        horses.kill(pid)


def progress() -> int:
    """What workers have done so far: mails taken, and tries to read them."""
    return sum(1 + mail.attempts for mail in ledger())


def test_every_mail_is_there_once_byte_for_byte(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox
) -> None:
    sent, seed = mails(), random.randrange(10**6)
    print(f"seed {seed}")
    with cutting(server.port) as wire, stable(environment(app)) as horses:
        bringing = threading.Thread(target=bring, args=(sent, server, user, horses), daemon=True)
        box = make_box(port=wire.port, done_folder="Done", trouble_folder="Trouble")
        bringing.start()
        kill_again_and_again(horses, wire, random.Random(seed))
        bringing.join()
        horses.start("worker")
        wait_until(lambda: len(ledger()) >= MAILS and all(m.state in RESTING for m in ledger()))
        wait_until(lambda: server.holds(user) == 0)
    assert sorted(map(bytes_of, ledger())) == sorted(sent)
    books = books_by_mailbox()[box.id]
    assert (books.seen, books.waiting, books.missing) == (MAILS, 0, 0)
    assert not [mail for mail in ledger() if mail.reason == "deadly"]


def bytes_of(mail: Any) -> bytes:
    with storage.open(mail.sha256) as file:
        return file.read()
