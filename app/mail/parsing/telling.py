"""What was read of a mail, as plain values: a line of `flask mail parse`."""

from dataclasses import replace
from typing import Any

from app.mail.parsing.apart import Unparsable, parse_apart
from app.mail.parsing.parsed import ParsedMail

HEAD_BYTES = 65_536
SECONDS = 10
"""How long a mail may take."""

_EMPTY = b"\n\n"


def told(raw: bytes) -> dict[str, Any]:
    """All that can be known of a mail; one that cannot be read has a defect that says so."""
    return _plain(known(raw))


def known(raw: bytes) -> ParsedMail:
    """The mail, or as much as its headers say if the rest cannot be read."""
    try:
        return parse_apart(raw, seconds=SECONDS)
    except Unparsable as fault:
        return replace(known_by_headers(raw), defects=(str(fault),))


def known_by_headers(raw: bytes) -> ParsedMail:
    """As much of a mail as its headers say; its beginning is enough."""
    head = raw[:HEAD_BYTES].replace(b"\r\n", b"\n").partition(_EMPTY)[0]
    try:
        return parse_apart(head + _EMPTY)
    except Unparsable:
        return parse_apart(_EMPTY)


def _plain(mail: ParsedMail) -> dict[str, Any]:
    return {
        "from_address": mail.from_address,
        "from_name": mail.from_name,
        "sender_verified": mail.sender_verified,
        "to": mail.to,
        "cc": mail.cc,
        "subject": mail.subject,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": mail.references,
        "date": mail.date and mail.date.isoformat(),
        "text": mail.text,
        "reply_text": mail.reply_text,
        "html_sanitized": mail.html_sanitized,
        "attachments": [
            {
                "name": part.name if part.named else "",
                "content_type": part.content_type,
                "size": part.size,
                "inline": part.inline,
            }
            for part in mail.attachments
        ],
        "is_auto_reply": mail.is_auto_reply,
        "must_not_auto_respond": mail.must_not_auto_respond,
        "is_bounce": mail.is_bounce,
        "bounce": mail.bounce
        and {
            "recipient": mail.bounce.recipient,
            "status": mail.bounce.status,
            "hard": mail.bounce.hard,
        },
        "is_list": mail.is_list,
        "defects": mail.defects,
    }
