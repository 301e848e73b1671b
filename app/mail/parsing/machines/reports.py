"""Delivery reports as RFC 3464 wants them: which recipients, what happened, which mail."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.mail.parsing import header_block
from app.mail.parsing.encoded_words import decoded, one_line, raw_text
from app.mail.parsing.entity import Entity

MOST_RECIPIENTS = 1_000

_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_RETURNED_TYPES = (
    *(
        "message/rfc822",
        "message/global",
        "text/rfc822-headers",
        "message/global-headers",
        "message/rfc822-headers",
    ),
)
_ARRIVED = frozenset(("delivered", "relayed", "expanded"))
_STATUS = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
_BLANK_LINES = re.compile(rb"(?:\r?\n[ \t]*){2,}")
_MESSAGE_ID = re.compile(
    rb"^[ \t>]*message-id:\s*<?([^\s<>]{3,500})>?", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True)
class Notice:
    """What a report says of one recipient; `action` is in lower case."""

    recipient: str | None
    action: str
    status: str
    reason: str

    @property
    def has_arrived(self) -> bool:
        """Whether it is good news."""
        return self.action in _ARRIVED


def status_parts(entity: Entity) -> Iterator[Entity]:
    """The parts that a machine should read."""
    if entity.content_type in _STATUS_TYPES:
        yield entity
    for child in entity.children:
        yield from status_parts(child)


def notices(root: Entity) -> list[Notice]:
    """What the mail says in the form of RFC 3464; the addresses that we wrote to come first."""
    found = []
    for part in status_parts(root):
        for block in _BLANK_LINES.split(part.content.strip())[: MOST_RECIPIENTS + 1]:
            notice = _notice(block)
            if notice:
                found.append(notice)
    return found[:MOST_RECIPIENTS]


def returned_id(root: Entity) -> str | None:
    """The Message-ID of the mail that came back, from its headers."""
    for part in returned_parts(root):
        match = _MESSAGE_ID.search(part.content[:200_000])
        if match:
            return match[1].decode("ascii", "replace")
    match = _MESSAGE_ID.search(root.body[:200_000])
    return match[1].decode("ascii", "replace") if match else None


def status_in(text: str) -> str:
    """An enhanced status code of a failure (RFC 3463) in a text; "" if there is none."""
    match = _STATUS.search(text)
    return match[1] if match else ""


def returned_parts(entity: Entity) -> Iterator[Entity]:
    """The mail that came back, or its headers, where they are parts of their own."""
    if entity.content_type in _RETURNED_TYPES:
        yield entity
    for child in entity.children:
        yield from returned_parts(child)


def _notice(block: bytes) -> Notice | None:
    """One block of fields; None for the one about the message as a whole."""
    fields: dict[str, str] = {}
    for name, value in header_block.read(block + b"\n\n", 0).headers:
        fields.setdefault(name, one_line(decoded(raw_text(value))))
    recipient = _address(fields.get("original-recipient")) or _address(
        fields.get("final-recipient")
    )
    if not recipient and "action" not in fields and "status" not in fields:
        return None
    reason = fields.get("diagnostic-code", "")
    return Notice(
        recipient=recipient,
        action=fields.get("action", "").split(" ")[0].strip(";,").lower(),
        status=status_in(fields.get("status", "")) or status_in(reason),
        reason=reason.partition(";")[2].strip() or reason,
    )


def _address(value: str | None) -> str | None:
    """The address of a field such as `rfc822; a@x`."""
    if not value:
        return None
    address = value.partition(";")[2] or value
    return address.strip(" <>\"'").lower() or None
