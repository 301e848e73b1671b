"""Searches that find nothing: counted, but never so that anybody could be told by them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.search.misses import jobs
from app.search.misses.miss import Audience, SearchMiss
from app.search.misses.noting import KEPT_D, most_missed, note_miss
from app.search.misses.wording import keepable
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[User], FreshClient]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Mail  Merge? ", "mail merge"),
        ("Error 5.1.1", "error 5.1.1"),
        ("office 365", "office 365"),
        ("how do I reset my password", "how do i reset my password"),
        ("ana@example.org", None),
        ("mail from @ana", None),
        ("order 123456", None),
        ("call 0151 234 567", None),
        ("+49 (30) 1234", None),
        ("DE44 5001 0517", None),
        ("sk4lfj29dk3jf8w2", None),
        ("https://example.org/private", None),
        ("www.example.org", None),
        ("ab", None),
        ("x" * 81, None),
        ("my name is ana and i live in that house", None),
        ("", None),
    ],
)
def test_only_words_are_kept_that_tell_of_nobody(typed: str, kept: str | None) -> None:
    assert keepable(typed) == kept


def missed() -> list[tuple[str, int, Audience]]:
    db.session.rollback()
    rows = db.session.scalars(select(SearchMiss).order_by(SearchMiss.words, SearchMiss.audience))
    return [(row.words, row.times, row.audience) for row in rows]


def test_a_search_that_finds_nothing_is_counted_by_day_words_and_audience(
    cast: Cast, client: FreshClient, as_user: AsUser, drain: Callable[[], int]
) -> None:
    make.article("Reset it", "Turn it off.")
    drain()
    for person in (client, client, as_user(cast.customer), as_user(cast.agent)):
        assert person.post("/search/misses", data={"q": "Zeppelin?"}).status_code == 204
    client.post("/search/misses", data={"q": "reset"})
    client.post("/search/misses", data={"q": "ana@example.org"})
    client.post("/search/misses", data={})
    assert missed() == [
        ("zeppelin", 1, Audience.AGENT),
        ("zeppelin", 1, Audience.CUSTOMER),
        ("zeppelin", 2, Audience.VISITOR),
    ]
    (found,) = most_missed()
    assert (found.words, found.times, found.audiences) == ("zeppelin", 4, set(Audience))


def test_looking_at_the_page_counts_nothing(client: FreshClient, drain: Callable[[], int]) -> None:
    make.article()
    drain()
    page = client.get("/search?q=zeppelin").text
    assert 'data-behavior="missed"' in page
    assert 'data-behavior="missed"' not in client.get("/search?q=reset").text
    assert 'data-behavior="missed"' not in client.get("/search?q=zeppelin&in=questions").text
    assert missed() == []


def test_what_was_searched_for_once_is_shown_to_nobody(cast: Cast) -> None:
    with unit_of_work():
        note_miss("zeppelin", audience=Audience.VISITOR)
    assert most_missed() == []


def test_counts_are_forgotten_in_time(cast: Cast, drain: Callable[[], int]) -> None:
    with time_machine.travel(clock.now() - timedelta(days=KEPT_D + 1)), unit_of_work():
        note_miss("zeppelin", audience=Audience.VISITOR)
    with unit_of_work():
        note_miss("airship", audience=Audience.VISITOR)
        jobs.forget_old_misses()
    assert [words for words, _, _ in missed()] == ["airship"]
