"""The headers of a mail that say who, when and which: ids, dates, people."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

from app.mail.parsing import addresses
from app.mail.parsing.addresses import AddressList
from app.mail.parsing.encoded_words import LONGEST, one_line, raw_text
from app.mail.parsing.entity import Entity

MOST_REFERENCES = 1_000
MOST_HEADERS = 100
"""Headers of one name that are read."""

_PREFIX = re.compile(r"\W{0,3}\w{1,6}\s?(?:[\[(]\d{1,3}[\])])?\s?[:：]")
"""Re:, AW:, SV:, RE[2]:, 回复： and whatever else programs put in front of subjects."""

_ID = re.compile(r"<\s*([^<>\s]{1,500}(?:\s[^<>\s]{1,500})?)\s*>")
_LOOSE_ID = re.compile(r"[^\s<>,;\"]{1,200}@[^\s<>,;\"]{1,255}")


def people(root: Entity, name: str) -> AddressList:
    """Everybody in the headers of a name."""
    values = [value for value in root.all(name)[:MOST_HEADERS] if value]
    found = addresses.read(", ".join(raw_text(value, hints=root.hints) for value in values))
    found.is_cut = found.is_cut or any(len(value) > LONGEST for value in values)
    return found


def sender(root: Entity) -> AddressList:
    """Who the first From header names; several headers are never sound (RFC 5322, 3.6)."""
    values = root.all("from")
    found = addresses.read(raw_text(values[0], hints=root.hints) if values else "")
    found.is_sound = found.is_sound and len(values) == 1
    return found


def ids(root: Entity, name: str) -> tuple[str, ...]:
    """Message ids, each once, without angle brackets."""
    text = " ".join(one_line(raw_text(value)) for value in root.all(name))
    found = _ID.findall(text) or _LOOSE_ID.findall(text)
    return tuple(dict.fromkeys("".join(each.split()) for each in found[-MOST_REFERENCES:]))


def message_id(root: Entity) -> str | None:
    """The id of the mail; whatever stands in the header when it is no proper id."""
    whole = (root.first("message-id") or "").strip()
    if len(whole.split()) == 1:
        return whole.removeprefix("<").removesuffix(">") or None
    return next(iter(ids(root, "message-id")), None) or whole.strip("<> ") or None


def is_answer(root: Entity) -> bool:
    """Whether the mail says that it answers or forwards another."""
    subject = root.first("subject") or ""
    return bool(root.all("in-reply-to") or root.all("references") or _PREFIX.match(subject))


def sent_at(root: Entity) -> datetime | None:
    """When the mail was written, as it says itself; else when it was received first."""
    received = [value.rpartition(b";")[2] for value in root.all("received")[::-1]]
    for value in [*root.all("date"), *root.all("resent-date"), *received]:
        if moment := _moment(one_line(raw_text(value))):
            return moment
    return None


def _moment(text: str) -> datetime | None:
    """A date of RFC 5322 (or close to it) in UTC; one without a zone counts as UTC."""
    try:
        parts = parsedate_tz(text[:200])
        if parts is None:
            return _iso(text[:40])
        moment = datetime(*parts[:6], tzinfo=UTC)
        return moment - timedelta(seconds=parts[9] or 0)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _iso(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
