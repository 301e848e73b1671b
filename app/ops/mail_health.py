"""How mail is doing: the signs of it, and what of them is trouble, in words that say what to do next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SILENT_AFTER = timedelta(seconds=90)
WAITS_LONG = timedelta(minutes=10)
UNSEEN_AFTER = timedelta(minutes=15)
LATELY = timedelta(days=3)
"""For so long a mail that was given up because nobody took it is a sign of trouble."""


@dataclass(frozen=True)
class BadMailbox:
    """A mailbox whose mail could not be fetched the last time, or that nobody has looked into for long."""

    address: str
    trouble: str
    since: datetime | None


@dataclass(frozen=True)
class Signs:
    """What can be seen.  Counts stop at `MANY`."""

    at: datetime
    heard_at: datetime | None
    waiting: int
    oldest_at: datetime | None
    """Since when the oldest mail that has not left waits."""
    oldest_error: str
    given_up: int
    """Mails of the last days that no server took at all, not those that one refused."""
    quarantined: int
    undecided: int
    bad_mailboxes: Sequence[BadMailbox]


@dataclass(frozen=True)
class Trouble:
    """Something that is wrong: what it is, since when, what to do, and the page where that is done."""

    what: str
    next: str
    since: datetime | None = None
    endpoint: str = ""

    @property
    def sentence(self) -> str:
        """What it is, with one full stop; it may end in the words of a server."""
        return f"{self.what.rstrip('.')}."


def troubles_in(signs: Signs) -> list[Trouble]:
    """All that is wrong, the worst first; none when mail is well."""
    return [*_of_worker(signs), *_of_mailboxes(signs), *_of_outbox(signs), *_of_arrivals(signs)]


def _of_worker(signs: Signs) -> Iterator[Trouble]:
    if signs.heard_at is None or signs.at - signs.heard_at > SILENT_AFTER:
        yield Trouble(
            what="The worker is silent: no mail is fetched, filed or sent",
            next="Start “flask worker” on the machine of this desk, or look into its log.",
            since=signs.heard_at,
            endpoint="ops.list_jobs",
        )


def _of_mailboxes(signs: Signs) -> Iterator[Trouble]:
    for bad in signs.bad_mailboxes:
        if bad.trouble:
            yield Trouble(
                what=f"Mail to {bad.address} cannot be fetched: {bad.trouble}",
                next="Check server, user and password of the mailbox. Its mail waits there meanwhile.",
                since=bad.since,
                endpoint="ops.list_mailboxes",
            )
        else:
            yield Trouble(
                what=f"Nobody has looked for mail to {bad.address}",
                next="See whether the worker runs. Mail waits on the server meanwhile.",
                since=bad.since,
                endpoint="ops.list_mailboxes",
            )


def _of_outbox(signs: Signs) -> Iterator[Trouble]:
    if signs.oldest_at and signs.at - signs.oldest_at > WAITS_LONG:
        said = f". The mail server says: {signs.oldest_error}" if signs.oldest_error else ""
        yield Trouble(
            what=f"{_mails(signs.waiting)} {_wait(signs.waiting)} to be sent{said}",
            next="It is tried again by itself. Check the server and HEARTH_SMTP_URL if it lasts.",
            since=signs.oldest_at,
            endpoint="ops.list_mail",
        )
    if signs.given_up:
        yield Trouble(
            what=f"{_mails(signs.given_up)} given up: no mail server took them for two days",
            next="Send them again when the server is back: on their tickets, or under Mail.",
            endpoint="ops.list_mail",
        )


def _of_arrivals(signs: Signs) -> Iterator[Trouble]:
    if signs.quarantined:
        yield Trouble(
            what=f"{_mails(signs.quarantined)} in quarantine",
            next="An administrator looks at them and reads them again, or lets them be.",
            endpoint="ops.list_incoming",
        )
    if signs.undecided:
        yield Trouble(
            what=f"{_mails(signs.undecided)} {_wait(signs.undecided)} for somebody to say where "
            f"{'it belongs' if signs.undecided == 1 else 'they belong'}",
            next="Look at each and confirm, open a ticket of its own, or ignore it.",
            endpoint="tickets.list_claims",
        )


def _mails(count: int) -> str:
    return "1 mail" if count == 1 else f"{count} mails"


def _wait(count: int) -> str:
    return "waits" if count == 1 else "wait"
