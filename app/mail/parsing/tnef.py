"""What Outlook packs into winmail.dat (MS-OXTNEF): the files in it, and a body if the mail has no other."""

import logging
from dataclasses import dataclass, field

from tnefparse import TNEF
from tnefparse.tnef import TNEFAttachment

from app.mail.parsing.charsets import text_of

MOST_FILES = 200


@dataclass
class Unpacked:
    """The files as (name, content); text and HTML as far as they are in it."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    text: str = ""
    html: str = ""


def unpacked(data: bytes) -> Unpacked | None:
    """What is in it; None if it cannot be read."""
    logging.getLogger("tnef-decode").setLevel(logging.CRITICAL)
    try:
        found = TNEF(data)
        files = [
            (_name(each), bytes(each.data)) for each in found.attachments[:MOST_FILES] if each.data
        ]
        if not (found.body or found.htmlbody) and found.rtfbody:
            files.append(("body.rtf", bytes(found.rtfbody)))
        return Unpacked(files, _text(found.body), _text(found.htmlbody))
    except (
        Exception
    ):  # the library raises anything on broken bytes, and nothing else may happen here
        return None


def _name(attachment: TNEFAttachment) -> str:
    name = attachment.long_filename() or attachment.name
    return _text(name).rstrip("\0")


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return text_of(value, None)[0]
    return value if isinstance(value, str) else ""
