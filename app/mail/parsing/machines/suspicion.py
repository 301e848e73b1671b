"""What speaks for a mail server as the author of a mail that is no formal report.

Customers write about failed deliveries too, of parcels for example: their words alone prove nothing.
"""

from dataclasses import dataclass

from app.mail.parsing import header_values
from app.mail.parsing.entity import Entity
from app.mail.parsing.machines import reports, words
from app.mail.parsing.machines.automatic import has_no_return


@dataclass(frozen=True)
class Suspicion:
    """The signs, one by one."""

    is_daemon: bool
    """It comes from an address such as MAILER-DAEMON."""
    is_named_so: bool
    """Its sender calls itself a mail system."""
    has_no_way_back: bool
    """It names nobody to answer to, or another daemon."""
    has_subject: bool
    has_words: bool
    has_code: bool
    """Its text has a status code of mail servers (RFC 3463)."""
    has_mail: bool
    """Another mail is in it."""

    @classmethod
    def of(cls, root: Entity, subject: str, text: str) -> "Suspicion":
        """The signs in a mail."""
        senders = header_values.sender(root).mailboxes
        address, name = (senders[0].address, senders[0].name) if senders else ("", "")
        return_path = (root.first("return-path") or "").strip("<> ")
        return cls(
            is_daemon=bool(words.DAEMON.match(address)),
            is_named_so=bool(words.DAEMON_NAME.search(name)),
            has_no_way_back=not address
            or has_no_return(root)
            or bool(words.DAEMON.match(return_path)),
            has_subject=bool(words.FAILURE_SUBJECT.match(subject)),
            has_words=bool(words.FAILURE.search(text)),
            has_code=bool(reports.status_in(text)),
            has_mail=any(True for _ in reports.returned_parts(root)),
        )

    @property
    def is_any(self) -> bool:
        """Whether it is worth a closer look."""
        return self.is_daemon or self.is_named_so or self.has_subject

    @property
    def is_enough(self) -> bool:
        """Whether a mail server wrote it."""
        if self.is_daemon:
            return self.has_subject or self.has_words
        if self.has_no_way_back:
            return self.has_subject or (self.is_named_so and self.has_words)
        is_backed = self.has_words and (self.has_code or self.has_mail)
        return (self.has_subject or self.is_named_so) and is_backed
