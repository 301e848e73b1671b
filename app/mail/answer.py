"""What a mail server said, or did not say, and what that means for the mail."""

import smtplib
from dataclasses import dataclass
from enum import Enum

CLOSING = 421
"""The server is going away: this says nothing about the mail (RFC 5321, 4.2.3)."""


class Fate(Enum):
    """What becomes of a mail that the server did not take."""

    REFUSED = "refused for good"
    DELAYED = "refused for now"
    NO_SERVER = "nobody to talk to"
    UNKNOWN = "broken off: it may have been taken"


@dataclass(frozen=True)
class Answer:
    """Why a mail did not leave; `code` is the server's, where it speaks of the mail."""

    fate: Fate
    words: str
    code: int | None = None


def answer_of(fault: smtplib.SMTPException | OSError) -> Answer:
    """Read what went wrong while a mail was handed over.

    Only an answer to the recipient or to the text speaks of the mail; one to our own address speaks
    of the settings, which somebody will put right.
    """
    match fault:
        case smtplib.SMTPRecipientsRefused(recipients=answers):
            code, words = next(iter(answers.values()))
        case smtplib.SMTPDataError(smtp_code=code, smtp_error=words):
            pass
        case smtplib.SMTPResponseException():
            return no_server(fault)
        case _:
            return Answer(Fate.UNKNOWN, _words_of(fault))
    if code == CLOSING:
        return Answer(Fate.NO_SERVER, f"{code} {_readable(words)}")
    return Answer(Fate.REFUSED if code >= 500 else Fate.DELAYED, _readable(words), code)


def no_server(fault: Exception) -> Answer:
    """Nobody took our call, or not from us."""
    return Answer(Fate.NO_SERVER, _words_of(fault))


def _words_of(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        return _readable(f"{fault.smtp_code} {_readable(fault.smtp_error)}")
    return _readable(str(fault) or type(fault).__name__)


def _readable(words: bytes | str) -> str:
    """One line of printable text."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]
