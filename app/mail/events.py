"""What became of a mail, for whoever asked for it."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MailSent(Event):
    """A mail server took the mail; `about` is what it carries, such as "message:34"."""

    mail_id: int
    about: str | None


@dataclass(frozen=True, kw_only=True)
class MailRefused(Event):
    """The mail will not arrive: the server refused it for good, or could not be reached for two days.

    `code` is the server's answer, such as "550"; empty when there was none.
    """

    mail_id: int
    about: str | None
    code: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MailQuarantined(Event):
    """A mail that came in rests where a person has to look at it; `reason` is the ledger's word."""

    inbound_id: int
    reason: str
