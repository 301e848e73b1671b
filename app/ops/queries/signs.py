"""Looking at mail: the signs of how it is doing, in one statement whose cost does not grow."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select

from app.core import clock
from app.core.db import at_most, db
from app.core.jobs.heartbeat import Heartbeat
from app.core.web.filters import MANY
from app.mail import inbound
from app.mail.inbound import InboundMail
from app.mail.mailbox import Mailbox
from app.mail.outbound import OutboundMail, State
from app.ops.mail_health import LATELY, UNSEEN_AFTER, BadMailbox, Signs
from app.tickets.claims.claim import Claim
from app.tickets.claims.queries import UNDECIDED


@dataclass(frozen=True)
class LastTimes:
    """When mail last went the way it should; None: never."""

    sent_at: datetime | None
    fetched_at: datetime | None
    arrived_at: datetime | None


def signs() -> Signs:
    """What can be seen at this moment."""
    now = clock.now()
    oldest = _queued().order_by(OutboundMail.id).limit(1)
    worker = select(Heartbeat.at).where(Heartbeat.name == "worker")
    found: dict[str, ScalarSelect[Any]] = {
        "heard_at": worker.scalar_subquery(),
        "waiting": _counted(_queued()),
        "oldest_at": oldest.with_only_columns(OutboundMail.queued_at).scalar_subquery(),
        "oldest_error": oldest.with_only_columns(OutboundMail.last_error).scalar_subquery(),
        "given_up": _given_up(now),
        "quarantined": _counted(_quarantined()),
        "undecided": UNDECIDED,
    }
    once = select(*(each.label(name) for name, each in found.items())).subquery()
    bad = select(once, Mailbox).outerjoin(Mailbox, _is_bad(now)).order_by(Mailbox.address)
    rows = db.session.execute(bad.limit(at_most(MANY))).all()
    return Signs(
        at=now,
        bad_mailboxes=[_bad(row.Mailbox) for row in rows if row.Mailbox],
        **{name: rows[0]._mapping[name] for name in found},
    )


def last_times() -> LastTimes:
    """When mail was last sent, fetched, and came in by whatever way."""
    sent = select(OutboundMail.sent_at).where(OutboundMail.state == State.SENT)
    row = db.session.execute(
        select(
            sent.order_by(OutboundMail.id.desc()).limit(1).scalar_subquery(),
            select(func.max(Mailbox.checked_at)).where(Mailbox.trouble == "").scalar_subquery(),
            select(InboundMail.received_at)
            .order_by(InboundMail.id.desc())
            .limit(1)
            .scalar_subquery(),
        )
    ).one()
    return LastTimes(*row)


def _queued() -> Select[int]:
    return select(OutboundMail.id).where(OutboundMail.state == State.QUEUED)


def _given_up(now: datetime) -> ScalarSelect[int]:
    """Among the last that failed; what a server refused is told on its ticket."""
    failed = select(OutboundMail.queued_at, OutboundMail.smtp_code, OutboundMail.attempts)
    last = failed.where(OutboundMail.state == State.FAILED).order_by(OutboundMail.id.desc())
    these = last.limit(at_most(MANY)).subquery()
    untaken = these.c.smtp_code.is_(None), these.c.attempts > 0, these.c.queued_at > now - LATELY
    return select(func.count()).select_from(these).where(*untaken).scalar_subquery()


def _quarantined() -> Select[int]:
    """Those that nobody is asked about elsewhere."""
    asked = exists().where(Claim.inbound_mail_id == InboundMail.id, Claim.decided_at.is_(None))
    return select(InboundMail.id).where(InboundMail.state == inbound.State.QUARANTINED, ~asked)


def _is_bad(now: datetime) -> ColumnElement[bool]:
    seen_at = func.coalesce(Mailbox.checked_at, Mailbox.created_at)
    unseen = and_(Mailbox.host != "", seen_at < now - UNSEEN_AFTER)
    return and_(Mailbox.active, or_(Mailbox.trouble != "", unseen))


def _bad(mailbox: Mailbox) -> BadMailbox:
    since = mailbox.trouble_since if mailbox.trouble else mailbox.checked_at
    return BadMailbox(address=mailbox.address, trouble=mailbox.trouble, since=since)


def _counted(rows: Select[Any]) -> ScalarSelect[int]:
    few = rows.limit(at_most(MANY)).subquery()
    return select(func.count()).select_from(few).scalar_subquery()
