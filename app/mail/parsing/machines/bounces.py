"""Mail that came back: recognised by its form, by its sender and by its words."""

import logging
import re
from email import message_from_bytes

from flufl.bounce import all_failures

from app.mail.parsing import header_values
from app.mail.parsing.entity import Entity
from app.mail.parsing.machines import reports, words
from app.mail.parsing.machines.suspicion import Suspicion
from app.mail.parsing.parsed import Bounce

LONGEST = 200_000
"""Bytes of a mail that are searched for words of failure."""

_LONGEST_REASON = 500
_ADDRESS = re.compile(r"[\w.+=#~&'*/-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.ASCII)
_ALONE = re.compile(
    r"^[\s<(\[*-]{0,10}(?:(?:to|recipient|user|address|rcpt to)[^:]{0,20}:\s{0,10}<?)?[^\s@]{1,64}@",
    re.IGNORECASE,
)
_RETURNED_TO = re.compile(
    rb"^(?:to|x-original-to|delivered-to):[^\r\n]{0,200}?([\w.+=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})",
    re.IGNORECASE | re.MULTILINE,
)


def bounces(root: Entity, *, text: str) -> tuple[Bounce, ...]:
    """Whom a mail of ours did not reach, or not yet; empty for any other mail."""
    notices = reports.notices(root)
    if notices and all(notice.has_arrived for notice in notices):
        return ()
    returned = reports.returned_id(root)
    found = [
        Bounce(
            recipient=notice.recipient,
            status=notice.status,
            hard=_is_final(notice),
            message_id=returned,
            reason=(notice.reason or _reason(text))[:_LONGEST_REASON],
        )
        for notice in notices
        if not notice.has_arrived
    ]
    return tuple(found) or _unformatted(root, text, returned)


def _is_final(notice: reports.Notice) -> bool:
    """Whether the server has given up: it says "failed", whatever the class of its status is."""
    if notice.action in ("failed", "delayed"):
        return notice.action == "failed"
    return not notice.status.startswith("4")


def _unformatted(root: Entity, text: str, returned: str | None) -> tuple[Bounce, ...]:
    """The same for a server that writes in its own words."""
    failed = header_values.people(root, "x-failed-recipients").addresses
    subject, said = root.first("subject") or "", text[:LONGEST]
    suspicion = Suspicion.of(root, subject, said)
    if not (failed or suspicion.is_any or any(reports.status_parts(root))):
        return ()
    temporary, permanent = _known_forms(root)
    if not (failed or temporary or permanent or suspicion.is_enough):
        return ()
    is_delayed = bool(words.DELAY.search(subject) or words.DELAY.search(said[:4_000]))
    hard = list(dict.fromkeys([*failed, *permanent]))
    soft = [each for each in temporary if each not in hard]
    people: list[tuple[str | None, bool]] = [(each, each in hard) for each in [*hard, *soft]]
    people = people or [(each, not is_delayed) for each in _named(root, said)]
    return tuple(
        Bounce(
            recipient=recipient,
            status=reports.status_in(said),
            hard=is_hard,
            message_id=returned,
            reason=_reason(said),
        )
        for recipient, is_hard in people or [(None, not is_delayed)]
    )


def _known_forms(root: Entity) -> tuple[list[str], list[str]]:
    """Recipients that failed for now and for good, by the forms of many mail servers."""
    logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)
    try:
        temporary, permanent = all_failures(message_from_bytes(root.raw[root.start : LONGEST]))
    except Exception:  # the library and the parser below it raise anything on broken mail
        return [], []
    return _addresses(temporary), _addresses(permanent)


def _addresses(found: frozenset[bytes]) -> list[str]:
    return sorted({each.decode("ascii", "replace").strip("<> ").lower() for each in found if each})


def _named(root: Entity, text: str) -> list[str]:
    """Whom the text names where it speaks of the failure; else whom the mail that came back was for."""
    ours = {
        *header_values.people(root, "to").addresses,
        *header_values.people(root, "from").addresses,
    }
    for line in text.splitlines():
        if found := _ADDRESS.findall(line[:1_000]):
            named = [each.lower() for each in found if each.lower() not in ours]
            if named and (_ALONE.match(line) or words.FAILURE.search(line[:1_000])):
                return named[:1]
    returned = _RETURNED_TO.findall(root.body[:LONGEST])
    return [each.decode().lower() for each in returned if each.decode().lower() not in ours][:1]


def _reason(text: str) -> str:
    """The line in which a server says why."""
    for line in text[:LONGEST].splitlines():
        if reports.status_in(line) or words.FAILURE.search(line[:1_000]):
            return " ".join(line.split())[:_LONGEST_REASON]
    return ""
