"""`flask mail …`, the part that takes mail in and proves that none is missing."""

import asyncio
import secrets
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import IO

import click
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from app.core.uow import reading
from app.core.web.filters import plural
from app.mail.addressing import Directory
from app.mail.commands import mail
from app.mail.delivery import Addressee
from app.mail.imap.box import boxes
from app.mail.imap.looking import look, note_trouble
from app.mail.imap.session import Session
from app.mail.imap.trouble import Trouble
from app.mail.ingesting import Intake, ingest
from app.mail.listening import Address, Protocol, listen
from app.mail.proving import mails_in_ledger, prove

__all__ = ["mail"]

TEMPFAIL = 75
"""EX_TEMPFAIL of sysexits.h: a mail server that pipes to us keeps the mail and tries again."""

Files = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


@mail.command("ingest")
@click.argument("files", nargs=-1, required=True, type=Files, metavar="FILE...")
@click.option("--mailbox", "address", help="The mailbox that the mails are for, by its address.")
def ingest_files(files: tuple[Path, ...], address: str | None) -> None:
    """Take in the mails in FILE...: .eml with one mail, or mbox with many; - reads standard input.

    Without --mailbox a mail's own headers say whom it is for.  A second run over the same files
    changes nothing.  Exits with 75 when a mail could not be stored, so that a mail server that pipes
    mail to this command keeps it and tries again; what was stored by then stays.
    """
    addressee = _addressee(address)
    total = Intake()
    with click.progressbar(length=_size(files), label="Taking in", file=sys.stderr) as bar:
        try:
            for file in files:
                done = _ingest(file, addressee, bar.update)
                total.found, total.new = total.found + done.found, total.new + done.new
        except (OSError, SQLAlchemyError) as fault:
            click.echo(f"\nNot everything could be stored: {_why(fault)}", err=True)
            sys.exit(TEMPFAIL)
    click.echo(_told(total))


def _ingest(file: Path, addressee: Addressee | None, on_bytes: Callable[[int], object]) -> Intake:
    piped = str(file) == "-"
    stream: IO[bytes] = BytesIO(sys.stdin.buffer.read()) if piped else file.open("rb")
    mark = secrets.token_hex() if piped else file.name
    with stream:
        return ingest(stream, mark=mark, addressee=addressee, on_bytes=on_bytes)


def _addressee(address: str | None) -> Addressee | None:
    if not address:
        return None
    with reading():
        found = Directory().find(address)
    if found is None:
        raise click.BadParameter(f"There is no mailbox {address}.", param_hint="--mailbox")
    return found


def _size(files: tuple[Path, ...]) -> int:
    return sum(file.stat().st_size for file in files if str(file) != "-") or 1


def _why(fault: Exception) -> str:
    """The reason without the statement that the database quotes."""
    return str(getattr(fault, "orig", None) or fault)


def _told(total: Intake) -> str:
    known = total.found - total.new
    if not total.new:
        return f"Nothing new: {plural(known, 'mail')} found, all of them here already."
    already = f"; {plural(known, 'other')} here already" if known else ""
    return f"Took in {plural(total.new, 'mail')}{already}."


@mail.command("receive")
@click.option(
    "--protocol",
    type=click.Choice([each.value for each in Protocol]),
    default=Protocol.LMTP.value,
    show_default=True,
    help="What the mail server in front speaks.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8024, show_default=True, help="The port to listen at.")
@click.option(
    "--socket", type=click.Path(path_type=Path), help="A socket file, in place of a port."
)
def receive(protocol: str, host: str, port: int, socket: Path | None) -> None:
    """Take mail from a mail server on this machine, until stopped.

    A mail is answered with 250 only when it is stored for certain; with 451 when it cannot be stored
    now, so that the mail server keeps it; with 550 when the address is none of this desk, and with 552
    when the mail is larger than HEARTH_MAIL_LIMIT_BYTES.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    spoken, address = Protocol(protocol), Address(host, port, socket)

    def say() -> None:
        click.echo(f"Taking mail by {spoken.upper()} at {address}.", err=True)

    try:
        asyncio.run(listen(app, spoken, address, on_ready=say))
    except OSError as fault:
        raise click.ClickException(f"Nobody can listen at {address}: {fault}") from fault


@mail.command("fetch")
def fetch() -> None:
    """Look once into every mailbox and take what is new; the worker does the same all the time.

    Exits with 1 when a mailbox could not be looked into.
    """
    with reading():
        fetched = boxes()
    failed = False
    for box in fetched:
        try:
            with Session(box) as session:
                found = look(session)
        except Trouble as trouble:
            note_trouble(box, trouble)
            click.echo(f"{box.username} at {box.host}: {trouble.words}", err=True)
            failed = True
        else:
            click.echo(f"{box.username} at {box.host}: {plural(found.taken, 'mail')} taken.")
    sys.exit(int(failed))


@mail.command("verify")
def verify() -> None:
    """Prove that no mail is missing: every file with its hash, every row, every mailbox's server.

    Prints the books in one line. Exits with 1 when anything is missing, and says what.
    """
    with reading():
        count = mails_in_ledger()
    with click.progressbar(length=count, label="Reading", file=sys.stderr) as bar:
        proof = prove(on_mail=bar.update)
    click.echo(proof.said)
    for finding in proof.findings:
        click.echo(finding, err=True)
    sys.exit(int(bool(proof.findings)))
