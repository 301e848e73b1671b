"""Two desks that write to each other: they stop by themselves, whatever is lost on the way."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.accounts import people
from app.accounts.permissions import Role
from app.core.db import db
from app.core.jobs import worker
from app.core.settings import Settings
from app.core.uow import begin_writing, unit_of_work
from app.mail.letter import letter_of
from app.mail.mailbox import Mailbox
from app.mail.outbound import OutboundMail
from app.mail.queries import whole_mail
from app.tickets.filing import Origin, file_ticket
from app.tickets.ticket import Ticket
from tests.support.cast import person
from tests.support.databases import SqliteTemplate
from tests.support.inbound import letter, take

MOST = 10
_MACHINES = re.compile(rb"^(Auto-Submitted|X-[\w-]+|Precedence|List-[\w-]+):.*\r\n", re.M)
_THREADS = re.compile(rb"^(In-Reply-To|References|Reply-To):.*\r\n(?:[ \t].*\r\n)*", re.M)


@dataclass
class Desk:
    """A desk with one mailbox and one agent, and what it has handed over so far."""

    app: Flask
    address: str
    carried: set[int] = field(default_factory=set)

    @contextmanager
    def open(self) -> Iterator[None]:
        with self.app.app_context():
            yield
            db.session.remove()

    def write_to(self, other: str) -> None:
        """Its agent begins."""
        with self.open(), unit_of_work():
            agent, to = person("Ben Agent", Role.AGENT), people.person_for(other)
            file_ticket(
                requester=to,
                by=agent,
                origin=Origin.WE_WRITE,
                subject="Hello",
                text="Are you there?",
            )

    def letters_to(self, other: str) -> list[bytes]:
        """What leaves for there, since it was last asked."""
        with self.open():
            worker.drain(self.app)
            db.session.rollback()
            ids = db.session.scalars(
                select(OutboundMail.id).where(OutboundMail.to_address == other)
            )
            new = sorted(set(ids) - self.carried)
            self.carried.update(new)
            return [letter_of(mail).data for each in new if (mail := whole_mail(each))]

    def take(self, raw: bytes) -> None:
        with self.open():
            mailbox = db.session.scalars(select(Mailbox)).one()
            to = re.search(rb"^To: (.*)\r\n", raw, re.M)
            assert to is not None
            take(raw, mailbox=mailbox, envelope_to=to[1].decode())

    def tickets(self) -> int:
        with self.open():
            return db.session.scalar(select(func.count()).select_from(Ticket)) or 0


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    made = []
    folder = tmp_path / "template"
    folder.mkdir()
    template = SqliteTemplate(folder)
    for name in ("a", "b"):
        instance = tmp_path / name
        instance.mkdir()
        with template.copy(instance):
            address = f"help@{name}.example"
            app = create_app(
                Settings(
                    instance=instance,
                    secret_key=f"the secret of desk {name}, long enough",
                    public_url=f"http://{name}.example",
                    mail_from=address,
                    undo_send_s=0,
                )
            )
            with app.app_context(), unit_of_work():
                begin_writing()
                db.session.add(Mailbox(address=address))
            made.append(Desk(app, address))
    yield made[0], made[1]
    for desk in made:
        with desk.app.app_context():
            for engine in db.engines.values():
                engine.dispose()


def as_it_is(raw: bytes) -> bytes:
    return raw


def without_signs_of_machines(raw: bytes) -> bytes:
    """A relay that knows nothing of RFC 3834."""
    return _MACHINES.sub(b"", raw)


def without_any_sign(raw: bytes) -> bytes:
    """Nor of what answers what: each mail looks like a new one."""
    return _THREADS.sub(b"", _MACHINES.sub(b"", raw))


@pytest.mark.parametrize(
    "relay", [as_it_is, without_signs_of_machines, without_any_sign], ids=lambda each: each.__name__
)
def test_two_desks_fall_silent(desks: tuple[Desk, Desk], relay: Callable[[bytes], bytes]) -> None:
    ours, theirs = desks
    ours.write_to(theirs.address)
    sent = carry(ours, theirs, relay)
    assert 1 <= sent <= MOST
    assert theirs.tickets() >= 1


def test_a_person_is_heard_while_desks_are_silent(desks: tuple[Desk, Desk]) -> None:
    ours, theirs = desks
    ours.write_to(theirs.address)
    carry(ours, theirs, without_any_sign)
    before = theirs.tickets()
    theirs.take(letter("eve@x.example", to=[theirs.address]))
    theirs.take(letter(ours.address, "A person writes from there.", to=[theirs.address]))
    assert theirs.tickets() == before + 2


def carry(ours: Desk, theirs: Desk, relay: Callable[[bytes], bytes]) -> int:
    """Bring their mails to each other until there are none; gives how many there were."""
    sent = 0
    for _ in range(50):
        there, back = ours.letters_to(theirs.address), theirs.letters_to(ours.address)
        if not there and not back:
            return sent
        for raw in there:
            theirs.take(relay(raw))
        for raw in back:
            ours.take(relay(raw))
        sent += len(there) + len(back)
    raise AssertionError(f"{sent} mails, and no end")
