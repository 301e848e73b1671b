"""What those who look after articles are told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.mail.outbound import Kind
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.mails import link_in, outbox

Drain = Callable[[], int]
ID = "kb_aaaaaaaaaa"


@pytest.fixture
def settings_for_test(tmp_path: Path) -> dict[str, Any]:
    return {"content": tmp_path / "content"}


@pytest.fixture
def library(app: Flask, tmp_path: Path, cast: Cast) -> Library:
    """A library with an article that Ben looks after, in conflict."""
    made = Library(app, tmp_path / "content" / "articles")
    made.article("a.md", "Old.\n", id=ID, title="Refunds", owner=cast.agent.email)
    made.sync()
    made.edit(ID, body="App.\n")
    made.write("a.md", made.text("a.md").replace("Old.", "File."))
    assert made.sync().exit_code == 3
    return made


def test_the_owner_and_those_who_may_choose_hear_of_a_conflict_once(
    library: Library, cast: Cast, drain: Drain, as_user: Callable[..., FreshClient]
) -> None:
    library.sync()
    drain()
    mails = outbox()
    assert [(mail.to_address, mail.kind) for mail in mails] == [
        (cast.lead.email, Kind.ARTICLE), (cast.agent.email, Kind.ARTICLE),
    ]  # fmt: skip
    assert mails[0].subject == "Two texts of one guide: Refunds"
    path = link_in(mails[0], "/content/conflicts/")
    assert as_user(cast.lead).get(path).status_code == 200
    assert "File." not in mails[0].text


def test_a_conflict_that_is_over_is_not_told(library: Library, drain: Drain) -> None:
    library.edit(ID, body="File.\n")
    library.sync()
    drain()
    assert not outbox()


def test_an_owner_who_may_not_read_it_hears_nothing(
    library: Library, cast: Cast, drain: Drain
) -> None:
    library.article("b.md", "Old.\n", id="kb_bbbbbbbbbb", owner=cast.customer.email)
    library.sync()
    drain()
    library.edit("kb_bbbbbbbbbb", body="App.\n")
    library.write("b.md", library.text("b.md").replace("Old.", "File."))
    library.sync()
    before = len(outbox())
    drain()
    assert [mail.to_address for mail in outbox()[before:]] == [cast.lead.email]
