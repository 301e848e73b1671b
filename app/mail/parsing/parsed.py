"""What a mail says, in plain values: what is read from its bytes and nothing that is known beside."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Part:
    """A file that came with a mail, under a name that is fit for a disk and a page."""

    name: str
    content_type: str
    size: int
    inline: bool
    content_id: str | None
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """What a mail system said of a mail that it could not deliver (RFC 3464)."""

    recipient: str | None
    status: str
    """Such as "5.1.1"; empty when it says none (RFC 3463)."""
    hard: bool
    message_id: str | None
    """Of the mail that came back, as far as it was sent along."""
    reason: str


@dataclass(frozen=True, kw_only=True)
class ParsedMail:
    """One mail.  Addresses are in lower case, ids without their brackets, times aware UTC."""

    from_address: str | None
    from_name: str
    sender_verified: bool
    """One From, one mailbox in it, nothing odd about it (RELIABILITY.md D4); says nothing of DKIM."""
    reply_to: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    delivered_to: tuple[str, ...] = ()
    return_path: str | None = None
    subject: str = ""
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    date: datetime | None = None
    text: str = ""
    reply_text: str = ""
    html_sanitized: str = ""
    attachments: tuple[Part, ...] = ()
    is_auto_reply: bool = False
    must_not_auto_respond: bool = False
    is_bounce: bool = False
    bounce: Bounce | None = None
    bounces: tuple[Bounce, ...] = ()
    is_list: bool = False
    defects: tuple[str, ...] = ()
    auth_results: tuple[str, ...] = ()
    """The values of Authentication-Results, topmost first (RFC 8601)."""
    hearth_ids: tuple[str, ...] = ()
    """The values of `X-Hearth-Desk`: the desks like ours that this mail went through."""
