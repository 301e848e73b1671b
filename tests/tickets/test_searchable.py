"""Tickets are found by those who may read them, by the words they may read."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.audiences import audiences_of
from app.accounts.user import Person, Visitor
from app.core.uow import unit_of_work
from app.search.document import Findings
from app.search.query import find
from app.tickets import replying, searchable
from app.tickets.ticket import Ticket
from tests.support import make
from tests.support.cast import Cast

Drain = Callable[[], int]


def search(app: Flask, text: str, viewer: Person) -> Findings:
    with app.test_request_context():
        return find(text, viewer=viewer, audiences=audiences_of(viewer), kinds=("ticket",))


def noted(cast: Cast) -> Ticket:
    ticket = make.ticket(cast.customer, subject="Scanner", text="It hums.")
    with unit_of_work():
        replying.add_note(ticket, text="She is **furious** about the scanner.", by=cast.agent)
        replying.reply(ticket, text="Unplug the scanner.", by=cast.agent)
    return ticket


def test_staff_find_a_ticket_by_every_word_in_it(app: Flask, cast: Cast, drain: Drain) -> None:
    ticket = noted(cast)
    drain()
    for words in ("scanner", "hums", "furious", "unplug", f"{ticket.id}", f"#{ticket.id}"):
        (hit,) = search(app, words, cast.agent).items
        assert hit.url == f"/tickets/{ticket.id}"
    assert "<mark>furious</mark>" in search(app, "furious", cast.agent).items[0].snippet


def test_the_requester_finds_their_own_ticket(app: Flask, cast: Cast, drain: Drain) -> None:
    noted(cast)
    make.ticket(cast.other_customer, subject="Scanner")
    drain()
    (hit,) = search(app, "unplug scanner", cast.customer).items
    assert "<mark>Unplug</mark> the <mark>scanner</mark>." in hit.snippet


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize(
    "words", ["furious", "furious scanner", '"furious about the scanner"', "furi*"]
)
def test_the_words_of_a_note_never_reach_the_requester(
    app: Flask, cast: Cast, drain: Drain, indexed: bool, words: str
) -> None:
    noted(cast)
    if indexed:
        drain()
    for hit in search(app, words, cast.customer).items:
        assert "furious" not in hit.snippet
    assert search(app, "furious", cast.customer).items == []


def test_nobody_else_finds_it(app: Flask, cast: Cast, drain: Drain) -> None:
    noted(cast)
    drain()
    for viewer in (cast.stranger, cast.moderator, cast.admin, Visitor()):
        assert search(app, "scanner", viewer).items == []


def test_an_index_that_claims_too_much_reveals_nothing(
    app: Flask, cast: Cast, drain: Drain
) -> None:
    """The database decides, even if a document were indexed for everybody."""
    noted(cast)
    drain()
    everybody = frozenset({"public", "agents", f"person:{cast.customer.id}"})
    with app.test_request_context():
        found = find("scanner", viewer=cast.stranger, audiences=everybody)
        assert found.items == []
        (hit,) = find("furious", viewer=cast.customer, audiences=everybody).items
    assert "furious" not in hit.snippet


def test_staff_find_a_ticket_of_their_own_once(app: Flask, cast: Cast, drain: Drain) -> None:
    ticket = make.ticket(cast.agent, subject="Scanner")
    with unit_of_work():
        replying.add_note(ticket, text="Scanner of a colleague.", by=cast.lead)
    drain()
    assert len(search(app, "scanner", cast.agent).items) == 1


def test_a_ticket_without_notes_is_one_document(cast: Cast) -> None:
    plain, with_note = make.ticket(cast.customer), noted(cast)
    made = list(searchable.documents([str(plain.id), str(with_note.id)]))
    assert [document.ref for document in made].count(str(plain.id)) == 1
    assert [document.ref for document in made].count(str(with_note.id)) == 2
