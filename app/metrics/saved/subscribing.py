"""Subscribing to reports and dashboards by mail, and stopping their mails."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from app.accounts import teams
from app.accounts.permissions import Permission
from app.accounts.user import Person, User
from app.core import clock
from app.core.db import add_unless_there, db
from app.core.errors import InvalidInput, NotAllowed, NotFound
from app.core.tokens import BadToken
from app.core.uow import verb
from app.metrics.saved.dashboard import Dashboard
from app.metrics.saved.links import Stop
from app.metrics.saved.queries import dashboard_or_404, report_or_404
from app.metrics.saved.saved_report import SavedReport
from app.metrics.saved.subscription import Every, Subscription, Unsubscription
from app.tickets.shelf import Shelf

Subject = SavedReport | Dashboard
MOST = 15
"""So many for a person or a team: half of what one address may get at once (`suppression.MOST`)."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscription, and whether this person stopped its mails for themselves."""

    subscription: Subscription
    stopped: bool


@verb
def subscribe(
    subject: Subject, *, every: Every, weekday: int, hour: int, team_id: int | None, by: User
) -> Subscription:
    """Send it to this person, or to a team of theirs that may see it; the next due date is the first.

    Whoever has such mails already gets them at the new times.  Raises InvalidInput (field `whom`).
    """
    if team_id is not None:
        _insist_on_team(subject, team_id, by)
    theirs = Subscription.team_id == team_id if team_id else Subscription.user_id == by.id
    found = db.session.scalar(select(Subscription).where(_of(subject), theirs))
    if found is None:
        _insist_on_few(theirs)
    made = found or Subscription(
        user_id=None if team_id else by.id,
        team_id=team_id,
        report_id=subject.id if isinstance(subject, SavedReport) else None,
        dashboard_id=subject.id if isinstance(subject, Dashboard) else None,
    )
    made.every, made.weekday, made.hour, made.since_at = every, weekday, hour, clock.now()
    db.session.add(made)
    db.session.flush()  # whoever stopped it before is named by its id
    if mine := db.session.get(Unsubscription, (made.id, by.id)):
        db.session.delete(mine)
    return made


@verb
def end(subscription: Subscription, *, by: User) -> None:
    """Send it to nobody any more.  Raises NotAllowed."""
    mine = subscription.user_id == by.id
    if not mine and subscription.team_id not in teams.teams_of(by.id):
        raise NotAllowed("These mails go to a team that you are not in.")
    db.session.delete(subscription)


@verb
def stop(subscription: Subscription, *, by: User) -> None:
    """Send it to this person no more."""
    add_unless_there(Unsubscription, subscription_id=subscription.id, user_id=by.id)


@verb
def resume(subscription: Subscription, *, by: User) -> None:
    """Send it to this person again."""
    if found := db.session.get(Unsubscription, (subscription.id, by.id)):
        db.session.delete(found)


def subscriptions(subject: Subject, user: Person) -> Sequence[Subscribed]:
    """Those of this person and of their teams; two statements."""
    own = Subscription.user_id == user.id
    of_teams = Subscription.team_id.in_(sorted(teams.teams_of(user.id or 0)))
    rows = (
        select(Subscription, Unsubscription.user_id)
        .outerjoin(
            Unsubscription,
            (Unsubscription.subscription_id == Subscription.id)
            & (Unsubscription.user_id == user.id),
        )
        .where(_of(subject), own | of_teams)
        .order_by(Subscription.team_id.is_not(None), Subscription.id)
    )
    return [Subscribed(each, stopped is not None) for each, stopped in db.session.execute(rows)]


def subscription_or_404(id: int, user: Person) -> Subscription:
    """One that reaches this person.  Raises NotFound."""
    found = db.session.get(Subscription, id)
    if found is None or not (
        found.user_id == user.id or found.team_id in teams.teams_of(user.id or 0)
    ):
        raise NotFound("There are no such mails here any more.")
    return found


def stopped_by(stop: Stop) -> tuple[Subscription, User, bool]:
    """What a link stops, for whom, and whether it has.  Raises BadToken when one of them is gone."""
    subscription = db.session.get(Subscription, stop.subscription_id)
    person = db.session.get(User, stop.person_id)
    if subscription is None or person is None:
        raise BadToken
    found = db.session.get(Unsubscription, (subscription.id, person.id))
    return subscription, person, found is not None


def subject_of(subscription: Subscription, user: User) -> Subject | None:
    """The report or the dashboard, if this person may see it now."""
    if not user.is_active or not user.may(Permission.METRICS_READ):
        return None
    try:
        if subscription.report_id is not None:
            return report_or_404(subscription.report_id, user)
        return dashboard_or_404(subscription.dashboard_id or 0, user)
    except NotFound:
        return None


def _of(subject: Subject) -> ColumnElement[bool]:
    if isinstance(subject, SavedReport):
        return Subscription.report_id == subject.id
    return Subscription.dashboard_id == subject.id


def _insist_on_few(theirs: ColumnElement[bool]) -> None:
    if (db.session.scalar(select(func.count()).where(theirs)) or 0) >= MOST:
        raise InvalidInput(
            f"There are {MOST} such mails already: put reports on a dashboard and send that.",
            field="whom",
        )


def _insist_on_team(subject: Subject, team_id: int, by: User) -> None:
    if team_id not in teams.teams_of(by.id):
        raise InvalidInput("Choose a team that you are in.", field="whom")
    if subject.shelf is not Shelf.ALL and subject.team_id != team_id:
        raise InvalidInput("Share it with this team first.", field="whom")
