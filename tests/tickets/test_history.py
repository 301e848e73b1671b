"""The ledger keeps what it was told."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from app.core import events, uow
from app.core.db import db
from app.core.uow import unit_of_work
from app.tickets import resolving
from app.tickets.events import StatusChanged
from app.tickets.history import TicketEvent, timeline
from app.tickets.ticket import Ticket
from tests.support import make
from tests.support.cast import Cast


@pytest.mark.parametrize("statement", [update(TicketEvent).values(seq=99), delete(TicketEvent)])
def test_database_refuses_to_change_or_delete_facts(cast: Cast, statement: object) -> None:
    ticket = make.ticket(cast.customer)
    with pytest.raises(DatabaseError), unit_of_work():
        uow.begin_writing()
        db.session.execute(statement)  # type: ignore[call-overload]
    assert len(timeline(ticket.id)) == 2


def test_broken_reaction_undoes_the_fact(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)

    def break_down(_fact: StatusChanged) -> None:
        raise ZeroDivisionError

    table = _subscriptions()
    table[StatusChanged] = [*table[StatusChanged], break_down]
    with pytest.raises(ZeroDivisionError), unit_of_work():
        resolving.resolve(ticket, by=cast.agent)
    db.session.expire_all()
    assert not db.session.get(Ticket, ticket.id).is_done  # type: ignore[union-attr]
    assert len(timeline(ticket.id)) == 2


def _subscriptions() -> dict[type[events.Event], list[events.Reaction]]:
    return events.current_app.extensions["subscriptions"]  # type: ignore[no-any-return]
