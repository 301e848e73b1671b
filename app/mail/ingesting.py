"""Taking in mails from files: what lies in an archive, or what a mail server pipes to us."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from app.core.uow import reading, unit_of_work
from app.mail.addressing import Directory
from app.mail.delivery import Addressee, Delivery
from app.mail.heading import heading_of
from app.mail.inbound import Way
from app.mail.mbox import mails_in
from app.mail.receiving import accept


@dataclass
class Intake:
    """How many mails a file held, and how many of them are new here."""

    found: int = 0
    new: int = 0


def ingest(
    file: IO[bytes], *, mark: str, addressee: Addressee | None, on_bytes: Callable[[int], object]
) -> Intake:
    """Take in every mail of a file, each in a transaction of its own.

    Without an addressee the mail's own headers say whom it is for.  `mark` is the same whenever this
    file is read: see `Delivery`.  Raises OSError or SQLAlchemyError; what was taken by then is here.
    """
    with reading():
        directory = Directory()
    intake = Intake()
    for mail in mails_in(file):
        intake.found += 1
        own_mark = f"{mark} {intake.found} {mail.line}"
        heading = heading_of(mail.raw, mark=own_mark)
        for_whom = addressee or directory.first_of(heading.addressed)
        with unit_of_work():
            done = accept(mail.raw, Delivery(way=Way.FILE, addressee=for_whom, mark=own_mark))
        intake.new += done.is_new
        on_bytes(len(mail.raw))
    return intake
