"""Reading a mail: its bytes in, what a desk needs out."""

from dataclasses import dataclass

from app.mail.parsing import header_values
from app.mail.parsing.contents import contents_of
from app.mail.parsing.encoded_words import one_line, raw_text
from app.mail.parsing.entity import Entity
from app.mail.parsing.parsed import ParsedMail
from app.mail.parsing.sanitizing import sanitized
from app.mail.parsing.splitting import split

_DELIVERED = (
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-rcpt-to",
    "x-real-to",
)


def parse(raw: bytes) -> ParsedMail:
    """Read one mail.  Never raises, whatever the bytes are; reads nothing but them."""
    taken = split(raw)
    root = taken.root
    contents = contents_of(root)
    defects = [*taken.defects, *contents.defects]
    sender = header_values.sender(root)
    first = sender.mailboxes[0] if sender.mailboxes else None
    text = contents.text
    return ParsedMail(
        from_address=(first.address or None) if first else None,
        from_name=first.name if first else "",
        sender_verified=sender.is_sound and len(sender.mailboxes) == 1,
        reply_to=header_values.people(root, "reply-to").addresses,
        to=header_values.people(root, "to").addresses,
        cc=header_values.people(root, "cc").addresses,
        delivered_to=tuple(
            dict.fromkeys(
                a for name in _DELIVERED for a in header_values.people(root, name).addresses
            )
        ),
        return_path=next(iter(header_values.people(root, "return-path").addresses), None),
        subject=root.first("subject") or "",
        message_id=header_values.message_id(root),
        in_reply_to=next(iter(header_values.ids(root, "in-reply-to")), None),
        references=header_values.ids(root, "references"),
        date=header_values.sent_at(root),
        text=text,
        reply_text=text,
        html_sanitized=sanitized(contents.html),
        attachments=tuple(contents.files),
        is_auto_reply=False,
        must_not_auto_respond=False,
        is_bounce=False,
        bounces=(),
        is_list=False,
        defects=tuple(dict.fromkeys(defects)),
        auth_results=_lines(root, "authentication-results"),
        hearth_ids=_lines(root, "x-hearth-desk"),
    )


def _lines(root: Entity, name: str) -> tuple[str, ...]:
    return tuple(one_line(raw_text(value)) for value in root.all(name))


@dataclass(frozen=True)
class Unparsable:
    """Why a mail could not be read, in a sentence."""

    reason: str


def parse_apart(raw: bytes) -> ParsedMail | Unparsable:
    """Read one mail in a process of its own, within limits."""
    return parse(raw)
