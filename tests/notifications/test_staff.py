"""What staff are told."""

from collections.abc import Callable

from app.core.uow import unit_of_work
from app.tickets import assigning, replying
from tests.support import make
from tests.support.cast import Cast
from tests.support.mails import last_mail, outbox

Drain = Callable[[], int]


def assigned_ticket(cast: Cast) -> int:
    """A ticket of Cleo that Ben took."""
    with unit_of_work():
        ticket = make.ticket(cast.customer)
        assigning.assign(ticket, to=cast.agent, by=cast.agent)
        return ticket.id


def test_the_assignee_reads_what_the_customer_wrote(cast: Cast, drain: Drain) -> None:
    number = assigned_ticket(cast)
    with unit_of_work():
        replying.reply(make.ticket_numbered(number), text="Still *blank*.", by=cast.customer)
    drain()
    (mail,) = outbox(to=cast.agent.email)
    assert mail.subject.startswith("Cleo Customer wrote: ")
    assert "Still *blank*." in mail.text
    assert f"/tickets/{number}" in mail.text
    assert mail.automatic


def test_taking_a_ticket_tells_nobody_and_its_first_message_neither(
    cast: Cast, drain: Drain
) -> None:
    assigned_ticket(cast)
    drain()
    assert not outbox(to=cast.agent.email)


def test_a_message_on_a_ticket_of_nobody_waits_in_the_inbox(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    with unit_of_work():
        replying.reply(make.ticket_numbered(number), text="More.", by=cast.customer)
    drain()
    assert {mail.to_address for mail in outbox()} == {cast.customer.email}


def test_being_given_a_ticket_is_told(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    with unit_of_work():
        assigning.assign(make.ticket_numbered(number), to=cast.agent, by=cast.lead)
    drain()
    mail = last_mail(to=cast.agent.email)
    assert "Ada Lead gave you a ticket" in mail.text
    assert "Cleo Customer" in mail.text


def test_a_ticket_that_was_taken_away_again_is_not_told(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    with unit_of_work():
        ticket = make.ticket_numbered(number)
        assigning.assign(ticket, to=cast.agent, by=cast.lead)
        assigning.unassign(ticket, by=cast.lead)
    drain()
    assert not outbox(to=cast.agent.email)


def test_somebody_who_works_here_no_more_is_told_nothing(cast: Cast, drain: Drain) -> None:
    number = assigned_ticket(cast)
    with unit_of_work():
        replying.reply(make.ticket_numbered(number), text="More.", by=cast.customer)
        cast.agent.held.clear()
    drain()
    assert not outbox(to=cast.agent.email)
