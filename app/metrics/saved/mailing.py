"""Sending figures by mail when they are due: once, to whoever may read them then."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.accounts import people, teams
from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.settings import settings
from app.core.uow import verb
from app.core.web.addresses import absolute
from app.core.web.filters import day
from app.mail.composing import Composed, compose
from app.mail.outbound import Kind
from app.mail.posting import queue
from app.metrics.caches.refreshing import is_made_so
from app.metrics.period import day_of
from app.metrics.saved.dashboard import Dashboard
from app.metrics.saved.links import Stop, stop_url
from app.metrics.saved.panels import obtain
from app.metrics.saved.queries import arranged, dashboard_or_404, reports_by_id
from app.metrics.saved.question import meant
from app.metrics.saved.rhythm import last_due
from app.metrics.saved.saved_report import SavedReport
from app.metrics.saved.subscribing import subject_of
from app.metrics.saved.subscription import ReportMail, Subscription, Unsubscription
from app.metrics.saved.telling import definitions, told
from app.metrics.standing import standing

KEPT_FOR = timedelta(days=90)
TEAMS_WAIT = timedelta(days=1)


def due() -> Iterator[tuple[int, int, datetime]]:
    """Which subscriptions are due for whom, and since when; of several missed times only the last.

    Nothing while figures are made anew: there is time until they are.  Nothing to a team after a day: who
    joins one that was empty was not meant.
    """
    if not is_made_so():
        return
    now, zone, members = clock.now(), settings().zone, teams.members()
    made = {row.subscription_id: row.last for row in db.session.execute(_LAST_MADE)}
    for each in db.session.scalars(select(Subscription).order_by(Subscription.id)):
        since = last_due(each.every, weekday=each.weekday, hour=each.hour, zone=zone, now=now)
        if since <= max(each.since_at, made.get(each.id, each.since_at)):
            continue
        if each.team_id and now - since > TEAMS_WAIT:
            continue
        for user_id in [each.user_id] if each.user_id else members.get(each.team_id or 0, ()):
            yield each.id, user_id, since


def send(subscription_id: int, user_id: int, *, due_at: datetime) -> None:
    """Send this person the mail that was due then, once; nothing to whoever may not read it now.

    Raises NotReady while figures are made anew: the job tries again.
    """
    subscription = db.session.get(Subscription, subscription_id)
    user = people.people_by_id([user_id]).get(user_id)
    if subscription is None or user is None:
        return None
    reports = _reports(subscription, user)
    if not reports:
        return _take_empty(subscription_id=subscription.id, user_id=user.id, due_at=due_at)
    stopping = stop_url(Stop(user.id, subscription.id))
    composed = _composed(subscription, reports, user, due_at, stopping)
    return _post(composed, subscription, to=user, due_at=due_at, stopping=stopping)


def _reports(subscription: Subscription, user: User) -> Sequence[SavedReport]:
    """What this person gets: of what they may see now, if they still read figures and want them."""
    if subscription.team_id and subscription.team_id not in teams.teams_of(user.id):
        return []
    if db.session.get(Unsubscription, (subscription.id, user.id)):
        return []
    subject = subject_of(subscription, user)
    if isinstance(subject, Dashboard):
        return reports_by_id(arranged(subject), user)
    return [subject] if subject else []


def _composed(
    subscription: Subscription,
    reports: Sequence[SavedReport],
    user: User,
    due_at: datetime,
    stopping: str,
) -> Composed:
    """The mail: figures of now, of the days that were meant on the day on which it was due."""
    standing()  # of figures in the making even an empty desk would be said
    today = day_of(due_at, zone=settings().zone)
    made = [obtain(meant(each.question, today=today)).made for each in reports]
    said = [told(*each) for each in zip(reports, made, strict=True)]
    title, url, when = said[0].title, said[0].url, said[0].days
    if subscription.dashboard_id:
        title, when = dashboard_or_404(subscription.dashboard_id, user).title, day(due_at)
        url = absolute("metrics.show_dashboard", id=subscription.dashboard_id)
    return compose(
        "metrics/mail/report.md",
        name=title,
        when=when,
        reports=said,
        definitions=definitions(made),
        url=url,
        team=teams.team_names().get(subscription.team_id or 0, ""),
        stopping=stopping,
    )


@verb
def forget_old() -> None:
    """Forget which mails were made more than 90 days ago."""
    db.session.execute(delete(ReportMail).where(ReportMail.due_at < clock.now() - KEPT_FOR))


@verb
def _post(
    composed: Composed, subscription: Subscription, *, to: User, due_at: datetime, stopping: str
) -> None:
    if not _take(subscription.id, to.id, due_at):
        return
    queue(
        composed,
        to=to.email,
        kind=Kind.REPORT,
        automatic=True,
        about=f"report mail:{subscription.id}",
        unsubscribe_url=stopping,
    )


@verb
def _take_empty(*, subscription_id: int, user_id: int, due_at: datetime) -> None:
    _take(subscription_id, user_id, due_at)


def _take(subscription_id: int, user_id: int, due_at: datetime) -> bool:
    """Make this mail ours, unless it was made already.  Of two at once, one fails and finds it so."""
    if db.session.get(ReportMail, (subscription_id, user_id, due_at)):
        return False
    db.session.add(ReportMail(subscription_id=subscription_id, user_id=user_id, due_at=due_at))
    db.session.flush()  # before anything is queued
    return True


_LAST_MADE = select(ReportMail.subscription_id, func.max(ReportMail.due_at).label("last")).group_by(
    ReportMail.subscription_id
)
"""All mails of a subscription are asked for in one transaction: if one was made, the others will be."""
