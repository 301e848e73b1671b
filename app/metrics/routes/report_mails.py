"""Figures by mail: who gets them when, and stopping them.

Opening the link of a mail stops nothing: mail scanners open links too.  A mail program's own button posts
`List-Unsubscribe=One-Click` there, without a session (RFC 8058): the link is signed, and can do nothing else.
"""

from typing import Any

from flask import Response, request
from flask_login import current_user

from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web.responses import invalid, moved_to, page, say
from app.metrics.routes.shelves import around
from app.metrics.saved import subscribing
from app.metrics.saved.dashboard import Dashboard
from app.metrics.saved.forms import Act, StopForm, SubscriptionForm
from app.metrics.saved.links import Stop, stop_of
from app.metrics.saved.queries import dashboard_or_404, report_or_404
from app.metrics.saved.subscribing import Subject
from app.metrics.saved.subscription import Every
from app.metrics.saved.wording import rhythm_words

ONE_CLICK = "One-Click"


def list_report_mails(id: int) -> Response:
    """To whom a report is sent, and the form."""
    return _page(report_or_404(id, current_user))


def create_report_mails(id: int) -> Response:
    """Send a report."""
    return _subscribe(report_or_404(id, current_user))


def list_dashboard_mails(id: int) -> Response:
    """To whom a dashboard is sent, and the form."""
    return _page(dashboard_or_404(id, current_user))


def create_dashboard_mails(id: int) -> Response:
    """Send a dashboard."""
    return _subscribe(dashboard_or_404(id, current_user))


def change_mails(id: int) -> Response:
    """Stop mails for oneself or for all, or let them come again."""
    subscription = subscribing.subscription_or_404(id, current_user)
    subject = subscribing.subject_of(subscription, current_user)
    _do(_act(), Stop(current_user.id, subscription.id), for_all=True)
    say("Saved.")
    if subject is None:  # the mails of what was laid elsewhere can be stopped all the same
        return moved_to("metrics.list_reports")
    return moved_to(_endpoint(subject), id=subject.id)


def show_report_stop(token: str) -> Response:
    """What would stop, and the button; or what is stopped, and how to have it again."""
    return _stop_page(stop_of(token), token)


def create_report_stop(token: str) -> Response:
    """Stop the mails, or let them come again."""
    stop = stop_of(token)
    _do(_act(), stop, for_all=False)
    if request.form.get("List-Unsubscribe") == ONE_CLICK:
        return _stop_page(stop, token)  # mail programs follow no redirect
    return moved_to("metrics.show_report_stop", token=token)


def _act() -> Act:
    form = StopForm()
    if not form.validate():
        raise InvalidInput("There is nothing like that to do here.")
    return Act(form.act.data)


def _do(act: Act, stop: Stop, *, for_all: bool) -> None:
    subscription, person, _ = subscribing.stopped_by(stop)
    match act:
        case Act.STOP:
            subscribing.stop(subscription, by=person)
        case Act.RESUME:
            subscribing.resume(subscription, by=person)
        case Act.END if for_all:
            subscribing.end(subscription, by=person)


def _subscribe(subject: Subject) -> Response:
    form = _form()
    if form.validate():
        try:
            subscribing.subscribe(
                subject,
                every=Every(form.every.data),
                weekday=form.weekday.data,
                hour=form.hour.data,
                team_id=form.team_id,
                by=current_user,
            )
            say("Saved. The first mail comes when it is due next.")
            return moved_to(_endpoint(subject), id=subject.id)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("metrics/saved/mails.html", **_around(subject, form))


def _page(subject: Subject) -> Response:
    return page("metrics/saved/mails.html", **_around(subject, _form()))


def _form() -> SubscriptionForm:
    own_teams = around()["own_teams"]
    return SubscriptionForm(own_teams=own_teams)


def _around(subject: Subject, form: SubscriptionForm) -> dict[str, Any]:
    found = subscribing.subscriptions(subject, current_user)
    return {
        "subject": subject,
        "is_dashboard": isinstance(subject, Dashboard),
        "form": form,
        "subscriptions": [(each, rhythm_words(each.subscription)) for each in found],
        "zone": settings().reporting_zone,
        **around(),
    }


def _endpoint(subject: Subject) -> str:
    kind = "dashboard" if isinstance(subject, Dashboard) else "report"
    return f"metrics.list_{kind}_mails"


def _stop_page(stop: Stop, token: str) -> Response:
    subscription, person, stopped = subscribing.stopped_by(stop)
    subject = subscribing.subject_of(subscription, person)
    return page(
        "metrics/saved/stop.html",
        token=token,
        title=subject.title if subject else "these figures",
        rhythm=rhythm_words(subscription),
        stopped=stopped,
        has_account=person.is_active,
    )
