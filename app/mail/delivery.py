"""How a mail reached us, once: by which way, for which mailbox, in which envelope."""

from dataclasses import dataclass

from app.mail.inbound import Way

DESK = "desk"
"""The group of mail that comes for no mailbox, and of mailboxes that say nothing else."""


@dataclass(frozen=True)
class Addressee:
    """The mailbox that a mail is for; without an id: the desk's own address."""

    mailbox_id: int | None = None
    group: str = DESK
    active: bool = True


@dataclass(frozen=True)
class Place:
    """Where a mail lies on an IMAP server (RFC 3501, 2.3.1.1); no two mails ever share one."""

    folder: str
    uid_validity: int
    uid: int


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One arrival of a mail.  `mark` tells it from any other, for mails that say nothing of themselves."""

    way: Way
    addressee: Addressee
    mark: str
    envelope_from: str = ""
    envelope_to: str = ""
    place: Place | None = None
