"""Articles by the clock: shown from a time on, and no longer than that; and the trash."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.articles import jobs
from app.articles.article import Article
from app.articles.tombstone import Tombstone
from app.articles.trashing import trash
from app.core.db import db
from app.core.uow import unit_of_work
from tests.support.client import FreshClient
from tests.support.library import Library

Drain = Callable[[], int]
ID = "kb_aaaaaaaaaa"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def look_at_the_clock(drain: Drain) -> None:
    with unit_of_work():
        jobs.open_and_close.later()
    drain()


def test_an_article_is_shown_in_its_time_only(
    library: Library, client: FreshClient, drain: Drain
) -> None:
    library.article(
        "a.md", id=ID, publish_at="2026-12-01T13:00+01:00", expires_at="2026-12-02T12:00Z"
    )
    found = []
    with time_machine.travel(NOON - timedelta(hours=1), tick=False) as time:
        assert library.sync().faults == []
        for hours in (0, 2, 24):
            time.shift(timedelta(hours=hours))
            look_at_the_clock(drain)
            found.append(client.get("/help/a").status_code)
    assert found == [404, 200, 404]


def test_a_time_without_an_offset_is_the_desks_and_is_warned_of(library: Library) -> None:
    library.article("a.md", id=ID, publish_at="2026-12-01 12:00")
    assert library.sync().codes("a.md") == ["6:1 W202"]
    assert library.the_article(ID).publish_at == NOON


@pytest.mark.parametrize(("days", "is_there"), [(29, True), (31, False)])
def test_the_trash_is_emptied_after_thirty_days(
    library: Library, drain: Drain, days: int, is_there: bool
) -> None:
    library.article("a.md", id=ID)
    library.sync()
    with unit_of_work():
        trash(library.the_article(ID))
    library.sync()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=days)):
        with unit_of_work():
            jobs.empty_trash.later()
        drain()
    db.session.rollback()
    assert (db.session.get(Article, ID) is not None) is is_there
    assert (db.session.get(Tombstone, ID) is None) is is_there
