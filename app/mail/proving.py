"""Proving that no mail is missing: the ledger against the disk, against itself and against the servers."""

import hashlib
import logging
from collections.abc import Callable, Iterable

from sqlalchemy import ColumnElement, exists, func, select

from app.core import storage
from app.core.db import at_most, db
from app.core.jobs import job
from app.core.uow import let_go, reading, unit_of_work, verb
from app.core.web.filters import plural
from app.mail import mailboxes
from app.mail.books import Books, books_by_mailbox, in_all
from app.mail.imap.box import boxes
from app.mail.imap.looking import look, note_trouble
from app.mail.imap.session import Session
from app.mail.imap.trouble import Trouble
from app.mail.inbound import InboundMail, State
from app.mail.mailbox import Mailbox
from app.mail.proof import Proof
from app.mail.settling import left_behind
from app.mail.sighting import Sighting

AT_ONCE = 1000
MOST_FINDINGS = 100
CHUNK_BYTES = 1 << 20

log = logging.getLogger(__name__)


def last_proof() -> Proof | None:
    """What the last look at everything found."""
    return db.session.scalar(select(Proof).order_by(Proof.id.desc()).limit(at_most(1)))


def mails_in_ledger() -> int:
    """How many there are."""
    return _count()


def prove(*, on_mail: Callable[[int], object] = lambda count: None) -> Proof:
    """Look at everything: fetch what servers have, then hold the ledger against what there is.

    Commits by itself, and keeps what it found.  `on_mail` hears of each row whose file was read.
    """
    let_go()
    findings = [*_ask_servers(), *_files(on_mail), *_rows()]
    with reading():
        books = in_all(books_by_mailbox())
    if books.missing:
        findings.append(f"{plural(books.missing, 'mail')} on a server could not be fetched.")
    with unit_of_work():
        return _keep(books, findings)


@job(attempts=3)
def prove_nightly() -> None:
    """Prove it once a night, and say it aloud when something is missing."""
    with unit_of_work():
        mailboxes.seal_secrets_anew()
    found = prove()
    if found.findings:
        log.error("mail is missing", extra={"findings": len(found.findings)})


def _ask_servers() -> Iterable[str]:
    """Look into every mailbox; a sentence for each that does not let us."""
    with reading():
        fetched = [(box, db.session.get_one(Mailbox, box.id).address) for box in boxes()]
    for box, address in fetched:
        try:
            with Session(box) as session:
                look(session)
        except Trouble as trouble:
            note_trouble(box, trouble)
            yield f"{address} could not be looked into: {trouble.words}"


def _files(on_mail: Callable[[int], object]) -> Iterable[str]:
    """A sentence for each mail whose bytes are gone or not what they were."""
    last = 0
    while True:
        with reading():
            rows = db.session.execute(
                select(InboundMail.id, InboundMail.sha256)
                .where(InboundMail.id > last)
                .order_by(InboundMail.id)
                .limit(at_most(AT_ONCE))
            ).all()
        for row in rows:
            if fault := _fault_of(row.sha256):
                yield f"Mail {row.id}: its file {fault}."
            on_mail(1)
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id


def _fault_of(sha256: str) -> str:
    digest = hashlib.sha256()
    try:
        with storage.open(sha256) as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
    except OSError:
        return "is not there"
    return "" if digest.hexdigest() == sha256 else "was changed"


def _rows() -> Iterable[str]:
    """A sentence for each thing in which the rows contradict each other."""
    with reading():
        unseen = _count(~exists().where(Sighting.inbound_id == InboundMail.id))
        nothing = _count(InboundMail.state == State.FILED, InboundMail.about.is_(None))
        stuck = len(left_behind())
        lost = db.session.scalar(
            select(func.count(Sighting.id)).where(
                ~exists().where(InboundMail.id == Sighting.inbound_id)
            )
        )
    if unseen:
        yield f"{plural(unseen, 'mail')} in the ledger never arrived."
    if lost:
        yield f"{plural(lost, 'arrival')} with no mail in the ledger."
    if nothing:
        yield f"{plural(nothing, 'mail')} said to be filed became nothing."
    if stuck:
        yield f"{plural(stuck, 'mail')} waiting for longer than a quarter of an hour."


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(InboundMail.id)).where(*conditions)) or 0


@verb
def _keep(books: Books, findings: list[str]) -> Proof:
    proof = Proof(said=str(books), findings=findings[:MOST_FINDINGS])
    db.session.add(proof)
    return proof
