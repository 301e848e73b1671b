"""The mail that a desk without a mail server keeps as files."""

import re
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

ARRIVES_WITHIN_S = 90
LOOK_EVERY_S = 0.05
LINK = re.compile(r"https?://[^\s<>()\"]+")


@dataclass(frozen=True)
class Letter:
    """What somebody reads in a mail."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    references: str

    def link(self, part: str) -> str:
        """The address in the text that contains this part."""
        return next(link for link in LINK.findall(self.text) if part in link)


class Mailbox:
    """Everybody's mailbox, looked into by address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def letters(self, to: str) -> list[Letter]:
        """All mail for this address, the oldest first."""
        paths = sorted(self._folder.glob("*.eml"), key=lambda path: int(path.stem))
        return [letter for letter in map(_read, paths) if letter.to == to]

    def letter(self, to: str, *, linking: str) -> Letter:
        """The newest mail for this address with such a link; waited for, since the worker writes it."""
        until = time.monotonic() + ARRIVES_WITHIN_S
        while time.monotonic() < until:
            found = [letter for letter in self.letters(to) if linking in letter.text]
            if found:
                return found[-1]
            time.sleep(LOOK_EVERY_S)
        subjects = [letter.subject for letter in self.letters(to)]
        raise AssertionError(f"no mail to {to} with a link to {linking}; there are {subjects}")


def _read(path: Path) -> Letter:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return Letter(
        to=mail["To"].addresses[0].addr_spec,
        subject=mail["Subject"],
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
        message_id=mail["Message-ID"] or "",
        references=mail["References"] or "",
    )


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""
