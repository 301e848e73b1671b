"""A parsed mail on the wire between two processes: JSON, then the files as they are.

No pickle: the process that reads strangers' bytes is not trusted by the one that hears from it.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from app.mail.parsing.parsed import Bounce, ParsedMail, Part

_LENGTH_BYTES = 8


def packed(mail: ParsedMail) -> Iterator[bytes]:
    """The mail in pieces, to be sent one after the other."""
    told = asdict(replace(mail, attachments=()))
    told["attachments"] = [_told(part) for part in mail.attachments]
    told["date"] = mail.date and mail.date.isoformat()
    head = json.dumps(told).encode()
    yield len(head).to_bytes(_LENGTH_BYTES, "big")
    yield head
    for part in mail.attachments:
        yield part.content


def unpacked(data: memoryview) -> ParsedMail:
    """The mail of which `packed` made these bytes.  Raises ValueError, KeyError or TypeError for others."""
    size = int.from_bytes(data[:_LENGTH_BYTES], "big")
    told: dict[str, Any] = json.loads(bytes(data[_LENGTH_BYTES : _LENGTH_BYTES + size]))
    told["attachments"] = tuple(_parts(told["attachments"], data[_LENGTH_BYTES + size :]))
    told["bounces"] = tuple(Bounce(**each) for each in told["bounces"])
    told["date"] = told["date"] and datetime.fromisoformat(told["date"])
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return ParsedMail(**{**told, **lists})


def _told(part: Part) -> dict[str, Any]:
    return {each.name: getattr(part, each.name) for each in fields(part) if each.name != "content"}


def _parts(told: list[dict[str, Any]], contents: memoryview) -> Iterator[Part]:
    at = 0
    for each in told:
        yield Part(**each, content=bytes(contents[at : at + each["size"]]))
        at += each["size"]
