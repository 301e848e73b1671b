"""A mail as a desk wants it: who, what, when, with which files, and whether a machine wrote it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Part:
    """A file that came with a mail; its name is safe to show and to store."""

    name: str
    named: bool = True
    """Whether the mail names it; if not, the name was made up."""
    content_type: str
    size: int
    inline: bool
    content_id: str | None
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """A recipient whom a mail of ours did not reach, or not yet (`hard` is False then).

    `status` is as in RFC 3463, "5.1.1"; "" when the report does not say.  `message_id` is that of
    the mail that came back.
    """

    recipient: str | None
    status: str
    hard: bool
    message_id: str | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ParsedMail:
    """What can be known from the bytes of one mail.

    Addresses are in lower case, ids without angle brackets, `date` is aware UTC.  `sender_verified`
    says that the From header is beyond doubt (one header, one mailbox, no defect), not that the
    sender is who they say.  `text` is the whole body; `reply_text` what the sender wrote now.
    `auth_results` and `hearth_ids` are header values as they came, outermost first.
    """

    from_address: str | None
    from_name: str
    sender_verified: bool
    reply_to: tuple[str, ...]
    to: tuple[str, ...]
    cc: tuple[str, ...]
    delivered_to: tuple[str, ...]
    return_path: str | None
    subject: str
    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    date: datetime | None
    text: str
    reply_text: str
    html_sanitized: str
    attachments: tuple[Part, ...]
    is_auto_reply: bool
    must_not_auto_respond: bool
    is_bounce: bool
    bounces: tuple[Bounce, ...]
    is_list: bool
    defects: tuple[str, ...]
    auth_results: tuple[str, ...]
    hearth_ids: tuple[str, ...]

    @property
    def bounce(self) -> Bounce | None:
        """The first of the bounces."""
        return self.bounces[0] if self.bounces else None
