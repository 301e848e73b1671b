"""Accepting sources in the browser: each is looked into by the worker, then taken in when confirmed."""

from app.accounts.user import User
from app.articles.article import Visibility
from app.articles.exchange.importing import refuse_where_files_win, write_files
from app.articles.exchange.intake import Intake, IntakeState
from app.articles.exchange.plan import ImportPlan, Wishes
from app.articles.exchange.planning import plan_import
from app.articles.exchange.report import as_json
from app.articles.exchange.source.opening import source_of
from app.articles.exchange.source.source import UnusableSource
from app.articles.exchange.taking_in import take_in
from app.articles.syncing import only_one, root_of
from app.core.db import db
from app.core.errors import InvalidInput, InvalidTransition
from app.core.settings import settings
from app.core.uow import verb


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


@verb
def look_into(id: int) -> None:
    """Find out what would become of a source."""
    intake = db.session.get(Intake, id)
    if intake is None or intake.state is not IntakeState.SENT:
        return
    plan = _planned(intake)
    if plan is not None:
        intake.state, intake.report = IntakeState.READY, as_json(plan)


@verb
def carry_out(id: int) -> None:
    """Take a source in that was confirmed.  Raises SyncBusy, Conflict, OSError: then it is tried again."""
    intake = db.session.get(Intake, id)
    if intake is None or intake.state is not IntakeState.CONFIRMED:
        return
    with only_one(settings().instance):
        plan = _planned(intake)
        if plan is None:
            return
        write_files(settings().content, plan)
        by = db.session.get(User, intake.by_id) if intake.by_id else None
        take_in(plan, author=by.name if by else "")
        intake.state, intake.report, intake.data = IntakeState.DONE, as_json(plan), b""


def _planned(intake: Intake) -> ImportPlan | None:
    """The plan; None, and the intake refused, for a source that cannot be used."""
    said = intake.wishes
    visibility = Visibility(said["visibility"]) if said["visibility"] else None
    wishes = Wishes(into=said["into"], dialect=said["dialect"], visibility=visibility)
    try:
        source = source_of(intake.name, intake.data)
        return plan_import(source, root=root_of(settings()), wishes=wishes, zone=settings().zone)
    except UnusableSource as fault:
        intake.state, intake.report, intake.data = IntakeState.REFUSED, {"said": str(fault)}, b""
        return None
