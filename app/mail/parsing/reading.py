"""Reading a mail: its bytes in, what a desk needs out."""

from app.mail.parsing import contents, header_values
from app.mail.parsing.addresses import AddressList
from app.mail.parsing.encoded_words import one_line, raw_text
from app.mail.parsing.entity import Entity
from app.mail.parsing.machines import automatic
from app.mail.parsing.machines.bounces import bounces
from app.mail.parsing.parsed import ParsedMail
from app.mail.parsing.replies.reply import reply_of
from app.mail.parsing.sanitizing import sanitized
from app.mail.parsing.splitting import split

_PEOPLE = ("reply-to", "to", "cc")
_DELIVERED = (
    *("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to"),
    *("x-rcpt-to", "x-real-to", "x-forwarded-to", "x-gm-original-to"),
)


def parse(raw: bytes) -> ParsedMail:
    """Read one mail.  Never raises, whatever the bytes are; reads nothing but them."""
    taken = split(raw)
    root = taken.root
    body = contents.contents_of(root)
    text, html = body.text, body.html
    sender = header_values.sender(root)
    people = {name: header_values.people(root, name) for name in _PEOPLE}
    returned = bounces(root, text=text)
    is_auto_reply = not returned and automatic.is_auto_reply(root)
    is_list = automatic.is_list(root)
    return ParsedMail(
        from_address=(sender.mailboxes[0].address or None) if sender.mailboxes else None,
        from_name=sender.mailboxes[0].name if sender.mailboxes else "",
        sender_verified=_is_beyond_doubt(sender),
        reply_to=people["reply-to"].addresses,
        to=people["to"].addresses,
        cc=people["cc"].addresses,
        delivered_to=_delivered_to(root),
        return_path=next(iter(header_values.people(root, "return-path").addresses), None),
        subject=root.first("subject") or "",
        message_id=header_values.message_id(root),
        in_reply_to=next(iter(header_values.ids(root, "in-reply-to")), None),
        references=header_values.ids(root, "references"),
        date=header_values.sent_at(root),
        text=text,
        reply_text=reply_of(
            text=text, html=html, is_plain=body.is_plain, is_answer=header_values.is_answer(root)
        ),
        html_sanitized=sanitized(html),
        attachments=tuple(body.files),
        is_auto_reply=is_auto_reply,
        must_not_auto_respond=is_auto_reply or is_list or bool(returned) or automatic.is_mass(root),
        is_bounce=bool(returned),
        bounces=returned,
        is_list=is_list,
        defects=tuple(
            dict.fromkeys([*taken.defects, *body.defects, *_defects(root, sender, people)])
        ),
        auth_results=_lines(root, "authentication-results"),
        hearth_ids=_lines(root, "x-hearth-desk"),
    )


def _is_beyond_doubt(sender: AddressList) -> bool:
    """One header, one mailbox, no defect (RELIABILITY.md D4)."""
    return sender.is_sound and len(sender.mailboxes) == 1


def _delivered_to(root: Entity) -> tuple[str, ...]:
    found = (header_values.people(root, name).addresses for name in _DELIVERED)
    return tuple(dict.fromkeys(address for addresses in found for address in addresses))


def _defects(root: Entity, sender: AddressList, people: dict[str, AddressList]) -> list[str]:
    said = []
    if not root.all("from"):
        said.append("There is no sender.")
    elif len(root.all("from")) > 1:
        said.append("There are several From headers.")
    elif len(sender.mailboxes) > 1:
        said.append("There are several senders.")
    elif not sender.is_sound or not sender.mailboxes:
        said.append("The From header is not as it should be.")
    if any(each.is_cut for each in people.values()):
        said.append("The mail has more recipients than are read.")
    return said


def _lines(root: Entity, name: str) -> tuple[str, ...]:
    return tuple(one_line(raw_text(value)) for value in root.all(name))
