"""A desk of a few tickets that differ in everything that figures can be parted by."""

from datetime import timedelta

import time_machine

from app.accounts import organisations, teams
from app.accounts.user import User
from app.core.uow import unit_of_work
from app.metrics.saved import keeping
from app.metrics.saved.question import Question
from app.metrics.saved.saved_report import SavedReport
from app.tickets import assigning, replying, resolving, triaging
from app.tickets.shelf import Shelf
from app.tickets.ticket import Priority
from tests.metrics.desks import happening
from tests.metrics.stories import at
from tests.support import make
from tests.support.cast import Cast

NOW = at("2026-03-20T08:00:00Z")


def busy_desk(cast: Cast) -> int:
    """Twelve tickets of three weeks, with two teams, two who answer, tags; the id of the team Billing."""
    with unit_of_work():
        billing = teams.make_team(name="Billing", by=None).id
        other = teams.make_team(name="Printing", by=None).id
        acme = organisations.make_organisation(name="Acme", by=None)
        organisations.join(cast.other_customer, acme, by=None)
    for number in range(12):
        _ticket(cast, number, team_id=(billing, other, None)[number % 3])
    return billing


def _ticket(cast: Cast, number: int, *, team_id: int | None) -> None:
    began_at = at("2026-03-02T08:00:00Z") + timedelta(hours=35 * number)
    answers = cast.agent if number % 4 else cast.lead
    with time_machine.travel(began_at, tick=False):
        ticket = make.ticket(cast.customer if number % 2 else cast.other_customer)
    with happening((began_at + timedelta(minutes=20)).isoformat()):
        triaging.change_team(ticket, to=team_id, by=cast.agent)
        triaging.set_tags(
            ticket, names=(["printer", "vip"], ["vip"], [])[number % 3], by=cast.agent
        )
        assigning.assign(ticket, to=answers, by=cast.agent)
        if number % 5 == 0:
            triaging.change_priority(ticket, to=Priority.URGENT, by=cast.agent)
    if number % 6 == 5:
        return
    with happening((began_at + timedelta(hours=2 + number)).isoformat()):
        replying.reply(ticket, text="Start the worker.", by=answers)
        if number % 4 != 3:
            resolving.resolve(ticket, by=answers)
    if number % 4 == 0:
        with happening((began_at + timedelta(hours=40)).isoformat()):
            replying.reply(ticket, text="It stopped again.", by=cast.customer)


def saved(owner: User, title: str = "Weekly", **given: object) -> SavedReport:
    """A report of this person."""
    shelf, team_id = given.pop("shelf", Shelf.OWN), given.pop("team_id", None)
    asked = {"ids": ("frt", "ttr_full", "csat", "backlog")} | given
    with unit_of_work():
        return keeping.keep(
            title=title,
            question=Question(**asked),
            shelf=shelf,
            team_id=team_id,
            by=owner,  # type: ignore[arg-type]
        )
