"""Assigning, priorities and tags."""

import pytest

from app.core.errors import InvalidInput
from app.core.uow import unit_of_work
from app.tickets import assigning, triaging
from app.tickets.history import timeline
from app.tickets.ticket import Priority
from tests.support import make
from tests.support.cast import Cast


def test_assignments_are_told_with_who_had_it_before(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        assigning.assign(ticket, to=cast.agent, by=cast.lead)
        assigning.assign(ticket, to=cast.lead, by=cast.lead)
        assigning.unassign(ticket, by=cast.lead)
    facts = timeline(ticket.id)[2:]
    told = [(row.kind, row.payload.get("from_id"), row.payload.get("to_id")) for row in facts]
    assert told == [
        ("assigned", None, cast.agent.id),
        ("assigned", cast.agent.id, cast.lead.id),
        ("unassigned", cast.lead.id, None),
    ]


def test_ticket_cannot_be_given_to_somebody_who_answers_none(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with pytest.raises(InvalidInput) as refused, unit_of_work():
        assigning.assign(ticket, to=cast.moderator, by=cast.lead)
    assert refused.value.field == "assignee"


def test_setting_what_is_set_already_records_nothing(cast: Cast) -> None:
    ticket = make.ticket(cast.customer, tags=["sync"])
    with unit_of_work():
        triaging.change_priority(ticket, to=Priority.NORMAL, by=cast.agent)
        triaging.set_tags(ticket, names=["SYNC"], by=cast.agent)
        assigning.unassign(ticket, by=cast.agent)
    assert len(timeline(ticket.id)) == 2


def test_tags_are_spelled_alike_and_shared(cast: Cast) -> None:
    one, other = make.ticket(cast.customer), make.ticket(cast.customer)
    with unit_of_work():
        triaging.set_tags(one, names=["Mail Server", "mail-server", "#smtp"], by=cast.agent)
        triaging.set_tags(other, names=["mail server"], by=cast.agent)
    assert one.tag_names == ["mail-server", "smtp"]
    assert other.tag_names == ["mail-server"]


def test_removed_tags_leave_a_fact(cast: Cast) -> None:
    ticket = make.ticket(cast.customer, tags=["sync", "mail"])
    with unit_of_work():
        triaging.set_tags(ticket, names=["mail"], by=cast.agent)
    assert ticket.tag_names == ["mail"]
    last = timeline(ticket.id)[-1]
    assert (last.kind, last.payload) == ("tag.removed", {"tag": "sync"})


def test_endless_tag_is_refused(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with pytest.raises(InvalidInput), unit_of_work():
        triaging.set_tags(ticket, names=["x" * 41], by=cast.agent)
