"""The books of mail that came in: each arrival is counted once, under what became of its mail."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.db import db
from app.core.web.filters import number
from app.mail.inbound import InboundMail, State
from app.mail.mailbox import Mailbox
from app.mail.sighting import Sighting


@dataclass(frozen=True)
class Books:
    """Figures that add up: `seen` is the sum of all others."""

    filed: int = 0
    quarantined: int = 0
    ignored: int = 0
    waiting: int = 0
    """Received or parsed, and not at rest yet."""
    missing: int = 0
    """On a server, and not in the ledger."""

    @property
    def seen(self) -> int:
        """What the servers have or had, and what was brought to us."""
        return self.filed + self.quarantined + self.ignored + self.waiting + self.missing

    def __str__(self) -> str:
        waiting = f"waiting {number(self.waiting)}, " if self.waiting else ""
        return (
            f"seen {number(self.seen)}, filed {number(self.filed)}, "
            f"quarantined {number(self.quarantined)}, ignored {number(self.ignored)}, "
            f"{waiting}missing {number(self.missing)}"
        )


def books_by_mailbox() -> Mapping[int | None, Books]:
    """The books of each mailbox that has any; None stands for mail that came for no mailbox."""
    counts: dict[int | None, Counter[State]] = {}
    rows = select(Sighting.mailbox_id, InboundMail.state, func.count())
    rows = rows.join(InboundMail, InboundMail.id == Sighting.inbound_id)
    for mailbox_id, state, count in db.session.execute(
        rows.group_by(Sighting.mailbox_id, InboundMail.state)
    ):
        counts.setdefault(mailbox_id, Counter())[state] += count
    missing = {row.id: len(row.missing) for row in db.session.execute(_MISSING)}
    keys = {*counts, *(key for key, some in missing.items() if some)}
    return {key: _books(counts.get(key, Counter()), missing.get(key, 0)) for key in keys}


def in_all(each: Mapping[int | None, Books]) -> Books:
    """The sum."""
    return Books(
        filed=sum(books.filed for books in each.values()),
        quarantined=sum(books.quarantined for books in each.values()),
        ignored=sum(books.ignored for books in each.values()),
        waiting=sum(books.waiting for books in each.values()),
        missing=sum(books.missing for books in each.values()),
    )


_MISSING = select(Mailbox.id, Mailbox.missing)


def _books(states: Counter[State], missing: int) -> Books:
    return Books(
        filed=states[State.FILED],
        quarantined=states[State.QUARANTINED],
        ignored=states[State.IGNORED],
        waiting=states[State.RECEIVED] + states[State.PARSED],
        missing=missing,
    )
