"""Accepting sources in the browser: each is looked into by the worker, then taken in when confirmed.

Reading a source takes its time, so nothing is locked meanwhile; what was found is stored by a short act.
"""

import logging
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app.accounts.user import User
from app.articles.article import Visibility
from app.articles.exchange.importing import import_articles, planned_import, refuse_where_files_win
from app.articles.exchange.intake import Intake, IntakeState
from app.articles.exchange.plan import ImportPlan, Wishes
from app.articles.exchange.report import as_json
from app.articles.exchange.source.opening import source_of
from app.articles.exchange.source.source import UnusableSource
from app.articles.syncing import SyncBusy
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, InvalidInput, InvalidTransition, NotAllowed
from app.core.uow import reading, unit_of_work, verb

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)
"""How long a source waits for somebody to say yes."""

_AGAIN = (SyncBusy, Conflict, OSError, OperationalError)
"""What may go well at another time."""
_BROKEN = "Something went wrong here; the log of the desk has the details."
_TOO_OLD = f"Nobody took it in within {KEPT_FOR.days} days. Send it again."


@verb
def accept(name: str, data: bytes, *, wishes: Wishes, by: User) -> Intake:
    """Keep a source until the worker has looked into it.  Raises InvalidInput for an empty one."""
    refuse_where_files_win()
    if not data:
        raise InvalidInput("There is nothing in this file.", field="file")
    said = {
        "into": wishes.into,
        "dialect": wishes.dialect,
        "visibility": wishes.visibility.value if wishes.visibility else "",
    }
    intake = Intake(name=name[:200], data=data, wishes=said, by_id=by.id)
    db.session.add(intake)
    db.session.flush()  # its job and its page need its id
    return intake


@verb
def confirm(intake: Intake) -> None:
    """Say yes to what would become of it.  Raises InvalidTransition unless that is known."""
    if intake.state is not IntakeState.READY:
        raise InvalidTransition("This import is under way already, or over.")
    intake.state = IntakeState.CONFIRMED


def look_into(id: int) -> None:
    """Find out what would become of a source.  Raises OSError: then it is tried again."""
    found = _sent(id, IntakeState.SENT)
    if found is None:
        return
    name, data, wishes, _ = found
    try:
        plan = planned_import(source_of(name, data), wishes=wishes)
    except _AGAIN:
        raise
    except Exception as fault:
        _refuse(id, IntakeState.SENT, fault)
        return
    with unit_of_work():
        _settle(id, IntakeState.SENT, IntakeState.READY, as_json(plan))


def carry_out(id: int) -> None:
    """Take a source in that was confirmed.  Raises SyncBusy, Conflict, OSError: then it is tried again."""
    found = _sent(id, IntakeState.CONFIRMED)
    if found is None:
        return
    name, data, wishes, author = found

    def done(plan: ImportPlan) -> None:
        if not _settle(id, IntakeState.CONFIRMED, IntakeState.DONE, as_json(plan)):
            raise Conflict("This import is over.")

    try:
        import_articles(source_of(name, data), wishes=wishes, author=author, also=done)
    except _AGAIN:
        raise
    except Exception as fault:
        _refuse(id, IntakeState.CONFIRMED, fault)


@verb
def drop_old() -> None:
    """Let go of the bytes of sources that nobody took in for long."""
    waiting = (IntakeState.SENT, IntakeState.READY, IntakeState.CONFIRMED)
    old = Intake.state.in_(waiting), Intake.created_at < clock.now() - KEPT_FOR
    gone = {"state": IntakeState.REFUSED, "report": {"said": _TOO_OLD}, "data": b""}
    db.session.execute(update(Intake).where(*old).values(**gone))


def _sent(id: int, state: IntakeState) -> tuple[str, bytes, Wishes, str] | None:
    """Name, bytes and wishes of a source in this state, and the name of who sent it."""
    with reading():
        intake = db.session.get(Intake, id)
        if intake is None or intake.state is not state:
            return None
        said = intake.wishes
        visibility = Visibility(said["visibility"]) if said["visibility"] else None
        wishes = Wishes(into=said["into"], dialect=said["dialect"], visibility=visibility)
        by = db.session.get(User, intake.by_id) if intake.by_id else None
        return intake.name, intake.data, wishes, by.name if by else ""


def _refuse(id: int, state: IntakeState, fault: Exception) -> None:
    is_told = isinstance(fault, UnusableSource | NotAllowed)
    if not is_told:
        log.error("import failed", exc_info=fault, extra={"intake": id})
    with unit_of_work():
        _settle(id, state, IntakeState.REFUSED, {"said": str(fault) if is_told else _BROKEN})


@verb
def _settle(id: int, was: IntakeState, state: IntakeState, report: dict[str, object]) -> bool:
    """Note what became of it, unless somebody else did; gives whether it was so."""
    values: dict[str, object] = {"state": state, "report": report}
    if state is not IntakeState.READY:
        values["data"] = b""
    mine = update(Intake).where(Intake.id == id, Intake.state == was).values(**values)
    return db.session.scalar(mine.returning(Intake.id)) is not None
