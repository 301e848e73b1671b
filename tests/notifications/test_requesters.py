"""What requesters are told."""

from collections.abc import Callable

import pytest

from app.accounts.user import User
from app.core.uow import unit_of_work
from app.mail.outbound import Kind, State
from app.tickets import replying
from app.tickets.ticket import Channel
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.mails import last_mail, link_in, outbox

Drain = Callable[[], int]


def reply(number: int, by: User, text: str = "Press **Check files**.") -> None:
    with unit_of_work():
        replying.reply(make.ticket_numbered(number), text=text, by=by)


def test_a_new_ticket_is_confirmed_with_a_link_that_needs_no_account(
    cast: Cast, drain: Drain, client: FreshClient
) -> None:
    make.ticket(cast.customer)
    drain()
    (mail,) = outbox()
    assert (mail.to_address, mail.kind, mail.automatic) == (
        cast.customer.email, Kind.TICKET, True,
    )  # fmt: skip
    page = client.get(link_in(mail, "/follow/"))
    assert page.status_code == 200
    assert "The printer prints blank pages" in page.text


def test_the_confirmation_repeats_nothing_that_was_typed(cast: Cast, drain: Drain) -> None:
    make.ticket(cast.customer, subject="Buy pills", text="at https://evil.example")
    drain()
    mail = last_mail()
    for word in ("pills", "evil", cast.customer.name):
        assert word not in mail.subject + mail.text + mail.html


@pytest.mark.parametrize("case", ["imported", "colleague"])
def test_colleagues_and_imported_tickets_get_no_confirmation(
    cast: Cast, drain: Drain, case: str
) -> None:
    if case == "imported":
        make.ticket(cast.customer, channel=Channel.IMPORT)
    else:
        make.ticket(cast.agent)
    drain()
    assert not outbox()


def test_a_reply_is_mailed_whole_and_says_where_to_answer(
    cast: Cast, drain: Drain, client: FreshClient
) -> None:
    number = make.ticket(cast.customer).id
    reply(number, cast.agent)
    drain()
    mail = last_mail()
    assert mail.subject == f"Re: The printer prints blank pages [{number}]"
    assert "Press **Check files**." in mail.text
    assert "Press <strong>Check files</strong>." in mail.html
    assert "Ben Agent" in mail.text
    assert "To answer, open the page of your ticket" in mail.text
    assert client.get(link_in(mail, "/follow/")).status_code == 200
    assert not mail.automatic


def test_mails_of_a_ticket_make_one_thread(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    for _ in range(2):
        reply(number, cast.agent)
        drain()
    received, first, second = outbox()
    assert first.in_reply_to == received.message_id
    assert second.references == f"{received.message_id} {first.message_id}"


def test_a_note_never_leaves(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    drain()
    with unit_of_work():
        replying.add_note(make.ticket_numbered(number), text="Looks odd.", by=cast.agent)
    drain()
    assert len(outbox()) == 1


def test_what_the_requester_writes_is_not_sent_back(cast: Cast, drain: Drain) -> None:
    number = make.ticket(cast.customer).id
    drain()
    reply(number, cast.customer)
    drain()
    assert len(outbox()) == 1


def test_a_reply_to_an_address_that_cannot_be_written_to_is_known_as_undelivered(
    cast: Cast, drain: Drain, as_user: Callable[[User], FreshClient]
) -> None:
    with unit_of_work():
        cast.customer.email = "nobody@import.invalid"
        number = make.ticket(cast.customer).id
    reply(number, cast.agent)
    drain()
    assert last_mail(to="nobody@import.invalid").state is State.FAILED
    assert "could not be delivered" in last_mail(to=cast.agent.email).subject
    page = as_user(cast.agent).get(f"/tickets/{number}")
    assert "Not delivered" in page.text
