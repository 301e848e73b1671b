"""What goes with the mail of a message: pictures in its text, files behind it, links to what is too large."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.attachments.attachment import Attachment
from app.core.settings import settings
from app.core.web.addresses import public_host
from app.mail.outbound import Enclosure
from app.tickets.message import Message
from app.tickets.queries import public_files

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
"""What every mail program shows."""
LARGEST_PICTURE_BYTES = 2_000_000
MOST_REFERRED = 20

_REFERRED = re.compile(r"!\[[^\]]*\]\((/tickets/\d+/files/(\d+))[)\s]")


@dataclass
class Parcel:
    """`pictures` are content ids by the address in the text, `shown` those that stand below it, by name."""

    enclosed: list[tuple[Attachment, str]] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    shown: list[tuple[str, str]] = field(default_factory=list)
    linked: list[Attachment] = field(default_factory=list)

    def enclosures(self) -> list[Enclosure]:
        """What is enclosed, made for one mail."""
        return [
            Enclosure(
                name=file.name,
                type=file.type,
                bytes=file.bytes,
                sha256=file.sha256,
                content_id=content_id,
            )
            for file, content_id in self.enclosed
        ]


def pack(message: Message) -> Parcel:
    """The files of a message, and of others on its ticket that its text shows, as far as there is room.

    The message is loaded with its files.
    """
    parcel, room_bytes = Parcel(), settings().mail_files_limit_bytes
    addresses = _referred_to(message.text)
    for file in _with_referred(message, addresses):
        if file.bytes > room_bytes:
            parcel.linked.append(file)
            continue
        room_bytes -= file.bytes
        content_id = f"picture.{file.id}@{public_host()}" if _is_picture(file) else ""
        parcel.enclosed.append((file, content_id))
        if content_id and file.id in addresses:
            parcel.pictures |= dict.fromkeys(addresses[file.id], content_id)
        elif content_id:
            parcel.shown.append((content_id, file.name))
    return parcel


def _is_picture(file: Attachment) -> bool:
    return file.type in PICTURES and file.bytes <= LARGEST_PICTURE_BYTES


def _referred_to(text: str) -> dict[int, list[str]]:
    """The addresses of files that stand as pictures in the text, by the number of the file."""
    found: dict[int, list[str]] = {}
    for match in list(_REFERRED.finditer(text))[:MOST_REFERRED]:
        found.setdefault(int(match[2]), []).append(match[1])
    return found


def _with_referred(message: Message, addresses: Mapping[int, list[str]]) -> Sequence[Attachment]:
    """Its own files, then pictures of other messages that the customer's side may read."""
    own = {file.id for file in message.files}
    others = public_files(message.ticket_id, [each for each in addresses if each not in own])
    return [*message.files, *filter(_is_picture, others)]
