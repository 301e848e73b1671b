"""Lists of mail addresses (RFC 5322 section 3.4), read strictly and forgivingly at once.

Everything is found that mail programs find, and whether the header was as it should be is said:
whether a sender can be believed hangs on that (CVE-2023-27043).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.mail.parsing.address_tokens import Kind, Token, tokens
from app.mail.parsing.encoded_words import decoded, one_line

MOST = 2_000
"""Mailboxes of one header that are read."""

_SOUND = re.compile(
    r"""(?:[^\s()<>@,;:\\"\[\].]+(?:\.[^\s()<>@,;:\\"\[\].]+)*|"(?:[^"\\\r\n]|\\.)*")"""
    r"""@(?:[^\s()<>@,;:\\"\[\].]+(?:\.[^\s()<>@,;:\\"\[\].]+)*|\[[^\[\]\\\s]+\])"""
)
_BARE = re.compile(r"[^\s<>@,;:\"()\[\]]{1,200}@[^\s<>@,;:\"()\[\]]{1,255}")
_WORDS = (Kind.WORD, Kind.QUOTED, Kind.ATOM, Kind.LITERAL)


@dataclass(frozen=True)
class Mailbox:
    """Somebody named in a header; `address` is in lower case and may lack a domain, as "root" does."""

    name: str
    address: str


@dataclass
class AddressList:
    """Mailboxes in order; `is_sound` when the header is as RFC 5322 wants it, `is_cut` when it goes on."""

    mailboxes: list[Mailbox] = field(default_factory=list)
    is_sound: bool = True
    is_cut: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """Each address once."""
        return tuple(dict.fromkeys(m.address for m in self.mailboxes if "@" in m.address))


@dataclass
class _Entry:
    """One mailbox in the making: what stands before the angle, in it, and comments."""

    before: list[Token] = field(default_factory=list)
    inside: list[Token] | None = None
    comments: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return self.inside is None and all(kind is Kind.BLANK for kind, _ in self.before)

    @property
    def has_at(self) -> bool:
        return (Kind.SPECIAL, "@") in self.before


def read(text: str) -> AddressList:
    """Read a header value.  Never raises; linear in its length."""
    found = AddressList()
    pending: list[_Entry] = []
    for entry in _entries(text, found):
        if len(found.mailboxes) >= MOST:
            found.is_cut = True
            return found
        if entry.is_empty:
            continue
        if entry.inside is None and not entry.has_at:
            pending = [*pending[-3:], entry]  # `Doe, John <j@x>` without quotes, or "root"
            found.is_sound = False
            continue
        found.mailboxes += _mailboxes(entry, pending, found)
        pending = []
    found.mailboxes += [_without_domain(entry) for entry in pending]
    return found


def _entries(text: str, found: AddressList) -> Iterator[_Entry]:
    """The entries between commas; the names of groups left out."""
    entry, is_open, in_group = _Entry(), False, False
    for kind, sign in tokens(text):
        if kind in (Kind.COMMENT, Kind.OPEN_COMMENT):
            found.is_sound = found.is_sound and kind is Kind.COMMENT
            entry.comments.append(sign)
        elif is_open and entry.inside is not None:
            is_open = sign != ">"
            if is_open:
                entry.inside.append((kind, sign))
        elif kind is Kind.SPECIAL and sign in ",;":
            found.is_sound = found.is_sound and (sign == "," or in_group)
            in_group = in_group and sign == ","
            yield entry
            entry = _Entry()
        elif kind is Kind.SPECIAL and sign == ":" and not entry.has_at and not entry.inside:
            found.is_sound = found.is_sound and not in_group
            entry, in_group = _Entry(), True
        elif kind is Kind.SPECIAL and sign == "<":
            found.is_sound = found.is_sound and entry.inside is None
            entry.inside, is_open = [], True
        else:
            found.is_sound = found.is_sound and (entry.inside is None or kind is Kind.BLANK)
            if entry.inside is None:
                entry.before.append((kind, sign))
    found.is_sound = found.is_sound and not is_open
    yield entry


def _mailboxes(entry: _Entry, pending: list[_Entry], found: AddressList) -> Iterator[Mailbox]:
    if entry.inside is None:
        yield from _without_angles(entry, found)
        return
    address = _route_free(_text([t for t in entry.inside if t[0] is not Kind.BLANK]))
    words = [_name([*each.before]) for each in pending] + [_name(entry.before)]
    name = ", ".join(word for word in words if word)
    if not _SOUND.fullmatch(address):
        found.is_sound = False
        bare = _BARE.search(address) or (None if address else _BARE.search(name))
        address = bare[0] if bare else address.strip("<>\"' ")
    if any(kind is Kind.SPECIAL and sign != "." for kind, sign in entry.before):
        found.is_sound = False
    yield Mailbox(name or _comment(entry), address.lower())


def _without_angles(entry: _Entry, found: AddressList) -> Iterator[Mailbox]:
    """`j@x`, `j@x (John)`, and the like of `John j@x`."""
    text = "".join(token for _, token in entry.before)
    if _SOUND.fullmatch(text.strip()):
        yield Mailbox(_comment(entry), text.strip().lower())
        return
    found.is_sound = False
    whole = "".join(token for kind, token in entry.before if kind is not Kind.BLANK)
    bare = _BARE.search(text)
    name = _name(entry.before[: _tokens_until(entry.before, bare.start())]) if bare else ""
    bare = bare or _BARE.search(whole)
    if bare:
        yield Mailbox(name or _comment(entry), bare[0].lower().rstrip("."))


def _without_domain(entry: _Entry) -> Mailbox:
    """`root`, or words that name nobody's address."""
    words = [token for token in entry.before if token[0] in _WORDS]
    if len(words) > 1:
        return Mailbox(_name(entry.before), "")
    return Mailbox(_comment(entry), _name(words).lower())


def _tokens_until(given: list[Token], end: int) -> int:
    """How many tokens lie before a place in their text."""
    at = 0
    for count, (_, token) in enumerate(given):
        if at >= end:
            return count
        at += len(token)
    return len(given)


def _route_free(address: str) -> str:
    """The address without a route of old (RFC 5322, 4.4) and without `mailto:`."""
    if address.startswith("@") and ":" in address:
        return address.rpartition(":")[2]
    return address[7:] if address.lower().startswith("mailto:") else address


def _text(given: list[Token]) -> str:
    return "".join(token for _, token in given).strip()


def _name(given: list[Token]) -> str:
    """The words of a display name, read."""
    return one_line(
        decoded(
            "".join(_unquoted(token) if kind is Kind.QUOTED else token for kind, token in given)
        )
    )


def _comment(entry: _Entry) -> str:
    return one_line(decoded(re.sub(r"\\(.)", r"\1", entry.comments[-1]))) if entry.comments else ""


def _unquoted(token: str) -> str:
    return re.sub(r"\\(.)", r"\1", token[1:-1])
