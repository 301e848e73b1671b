"""Changing what was said: versions stay, and what is removed is gone everywhere."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.attachments import storing
from app.core.db import db
from app.core.errors import Conflict
from app.core.settings import settings
from app.core.uow import unit_of_work
from app.mail.outbound import OutboundMail
from app.search.query import find
from app.tickets import editing, replying
from app.tickets.history import timeline
from app.tickets.message import Message, MessageFile, MessageVersion
from app.tickets.ticket import Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[Any], FreshClient]
Drain = Callable[[], int]
SECRET = "plumbago"


@pytest.fixture
def talk(cast: Cast) -> tuple[Ticket, Message]:
    """A ticket, and a reply with a file on it."""
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        file = storing.keep("secret.txt", BytesIO(SECRET.encode()))
        said = replying.reply(ticket, text=f"The word is {SECRET}.", by=cast.agent, files=[file])
    return ticket, said


def test_readers_see_that_it_was_edited_and_staff_what_it_was(
    cast: Cast, talk: tuple[Ticket, Message], as_user: AsUser
) -> None:
    ticket, said = talk
    browser = as_user(cast.agent)
    address = f"/tickets/{ticket.id}/messages/{said.id}"
    assert SECRET in browser.get(address).text
    edited = browser.post(f"{address}/edits", data={"text": "The word is *another*."})
    assert edited.status_code == 303
    customer = as_user(cast.customer).get(f"/tickets/{ticket.id}").text
    assert "<em>another</em>" in customer
    assert "<span>edited</span>" in customer
    assert SECRET not in customer
    assert SECRET in browser.get(address).text  # among what it said before
    assert as_user(cast.customer).get(address).status_code == 403
    assert [each.kind for each in timeline(ticket.id)][-1] == "message.edited"


def test_only_the_writer_edits_and_only_with_words(
    cast: Cast, talk: tuple[Ticket, Message], as_user: AsUser
) -> None:
    ticket, said = talk
    address = f"/tickets/{ticket.id}/messages/{said.id}/edits"
    assert as_user(cast.lead).post(address, data={"text": "Mine now"}).status_code == 403
    refused = as_user(cast.agent).post(address, data={"text": "  "})
    assert refused.status_code == 422
    other = make.ticket(cast.other_customer)
    strange = f"/tickets/{other.id}/messages/{said.id}/edits"
    assert as_user(cast.agent).post(strange, data={"text": "x"}).status_code == 404


def test_what_is_removed_is_gone_everywhere(
    app: Flask, cast: Cast, talk: tuple[Ticket, Message], as_user: AsUser, drain: Drain
) -> None:
    ticket, said = talk
    browser = as_user(cast.agent)
    address = f"/tickets/{ticket.id}/messages/{said.id}"
    browser.post(f"{address}/edits", data={"text": f"Still {SECRET}"})
    drain()
    assert browser.post(f"{address}/redactions").status_code == 303
    drain()
    for reader in (browser, as_user(cast.customer)):
        page = reader.get(f"/tickets/{ticket.id}").text
        assert SECRET not in page
        assert "secret.txt" not in page
        assert "This message was removed." in page
    assert SECRET not in browser.get(address).text
    db.session.rollback()
    for text in (
        Message.text,
        Message.html,
        MessageVersion.text,
        OutboundMail.text,
        OutboundMail.html,
    ):
        assert not [each for each in db.session.scalars(select(text)) if SECRET in each]
    assert db.session.scalar(select(func.count()).select_from(MessageFile)) == 0
    assert find(SECRET, viewer=cast.agent, audiences=["agents"]).items == []
    kept = Path(settings().instance / "mail").glob("*.eml")
    assert not [each for each in kept if SECRET in each.read_text()]
    assert [each.kind for each in timeline(ticket.id)][-1] == "message.redacted"
    with pytest.raises(Conflict), unit_of_work():
        editing.edit_message(make.ticket_numbered(ticket.id) and said, text="Back", by=cast.agent)


def test_a_subject_is_changed_and_no_text_stands_in_the_fact(
    cast: Cast, talk: tuple[Ticket, Message], as_user: AsUser
) -> None:
    ticket, _ = talk
    browser = as_user(cast.agent)
    sent = browser.post(f"/tickets/{ticket.id}/subject", data={"subject": " Blank   pages "})
    assert sent.status_code == 303
    assert "<h1>Blank pages</h1>" in browser.get(f"/tickets/{ticket.id}").text
    assert browser.post(f"/tickets/{ticket.id}/subject", data={"subject": ""}).status_code == 422
    changed = [each for each in timeline(ticket.id) if each.kind == "subject.changed"]
    assert len(changed) == 1
    assert "Blank" not in str(changed[0].payload)
