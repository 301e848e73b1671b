"""Kept pages: who gets one, and when it is made anew."""

from collections.abc import Callable

import pytest
from flask import Flask, Response, make_response, request, session
from sqlalchemy import text

from app.accounts.user import User
from app.core.db import db
from app.core.uow import unit_of_work
from app.core.web import kept_pages
from app.core.web.kept_pages import KeptPage, KeptPages
from app.core.web.page_cache import bump, public
from app.core.web.security import SESSION_COOKIE
from tests.support.cast import Cast
from tests.support.client import FreshClient

STAMP = "probe"
Made = list[str]
AsUser = Callable[[User], FreshClient]


@pytest.fixture
def made(app: Flask) -> Made:
    """A public page at /probe that says how often it was made."""
    times: Made = []

    def probe() -> Response:
        times.append(request.full_path)
        if "count" in request.args:
            session["seen"] = True
        status = int(request.args.get("status", 200))
        return public(make_response(f"made {len(times)}", status), stamps=(STAMP,))

    app.add_url_rule("/probe", "probe", probe)
    return times


def test_a_public_page_is_made_once(client: FreshClient, made: Made) -> None:
    first, second = client.get("/probe"), client.get("/probe")
    assert first.text == second.text == "made 1"
    assert first.headers == second.headers
    assert second.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert {"Cookie", "HX-Request"} <= set(second.vary)
    assert "Content-Security-Policy" in second.headers


def test_a_changed_stamp_makes_it_anew(client: FreshClient, made: Made) -> None:
    client.get("/probe")
    with unit_of_work():
        bump(STAMP)
    assert client.get("/probe").text == "made 2"
    assert client.get("/probe").text == "made 2"


def test_a_change_by_another_process_is_seen_when_the_stamps_are_read_again(
    app: Flask, client: FreshClient, made: Made
) -> None:
    client.get("/probe")
    with db.engines[None].begin() as other:
        other.execute(text("INSERT INTO cache_stamps (name, number) VALUES ('probe', 7)"))
    assert client.get("/probe").text == "made 1"
    app.extensions["page_cache"].stamps._look_at = 0.0
    assert client.get("/probe").text == "made 2"


def test_a_change_that_was_rolled_back_changes_nothing(client: FreshClient, made: Made) -> None:
    client.get("/probe")
    with pytest.raises(RuntimeError), unit_of_work():
        bump(STAMP)
        raise RuntimeError
    assert client.get("/probe").text == "made 1"


def test_another_subject_leaves_it_alone(client: FreshClient, made: Made) -> None:
    client.get("/probe")
    with unit_of_work():
        bump("something else")
    assert client.get("/probe").text == "made 1"


def test_a_signed_in_person_neither_gets_nor_leaves_one(
    client: FreshClient, made: Made, cast: Cast, as_user: AsUser
) -> None:
    client.get("/probe")
    own = as_user(cast.customer).get("/probe")
    assert own.text == "made 2"
    assert own.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in own.headers
    assert client.get("/probe").text == "made 1"


def test_a_stale_session_cookie_gets_a_page_of_its_own(client: FreshClient, made: Made) -> None:
    client.get("/probe")
    client.set_cookie(SESSION_COOKIE, "worth nothing")
    assert client.get("/probe").text == "made 2"


def test_an_answer_that_starts_a_session_is_for_one_person(client: FreshClient, made: Made) -> None:
    answer = client.get("/probe?count=1")
    assert "Set-Cookie" in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_only_good_answers_are_kept(client: FreshClient, made: Made) -> None:
    client.get("/probe?status=404")
    assert client.get("/probe?status=404").text == "made 2"


def test_query_host_and_fragment_have_pages_of_their_own(client: FreshClient, made: Made) -> None:
    client.get("/probe")
    assert client.get("/probe?tab=new").text == "made 2"
    assert client.get("/probe", base_url="http://127.0.0.1").text == "made 3"
    assert client.get("/probe", headers={"HX-Request": "true"}).text == "made 4"
    assert client.get("/probe").text == "made 1"


def test_a_browser_that_has_it_is_told_so(client: FreshClient, made: Made) -> None:
    etag = client.get("/probe").headers["ETag"]
    again = client.get("/probe", headers={"If-None-Match": etag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert "Content-Type" not in again.headers


def test_the_first_request_may_be_answered_with_304_too(client: FreshClient, made: Made) -> None:
    etag = client.get("/probe").headers["ETag"]
    with unit_of_work():
        bump(STAMP)
    made.clear()
    assert client.get("/probe", headers={"If-None-Match": etag}).status_code == 304


def test_head_has_no_body(client: FreshClient, made: Made) -> None:
    assert client.head("/probe").data == b""
    client.get("/probe")
    assert client.head("/probe").data == b""
    assert client.get("/probe").text == "made 2"


def test_posts_always_arrive(app: Flask, client: FreshClient, made: Made) -> None:
    client.get("/probe")
    assert client.post("/probe").status_code == 405


def test_without_a_database_pages_are_made_but_not_kept(
    app: Flask, client: FreshClient, made: Made
) -> None:
    with db.engines[None].begin() as connection:
        connection.execute(text("DROP TABLE cache_stamps"))
    app.extensions["page_cache"].stamps.forget()
    assert client.get("/probe").text == "made 1"
    app.extensions["page_cache"].stamps.forget()
    assert client.get("/probe").text == "made 2"


def page(body: bytes = b"x", **stamps: int) -> KeptPage:
    return KeptPage(headers=(), body=body, etag='W/"1"', stamps=stamps)


def key(number: int) -> kept_pages.Key:
    return ("http", "localhost", f"/{number}", "", False)


def test_the_shelf_drops_what_was_not_asked_for_longest() -> None:
    shelf = KeptPages(most_bytes=25)
    for number in range(3):
        shelf.keep(key(number), page(b"ten bytes."))
        shelf.find(key(0), {})
    assert shelf.find(key(0), {}) is not None
    assert shelf.find(key(1), {}) is None
    assert shelf.bytes == 20


def test_the_shelf_counts_a_replaced_page_once() -> None:
    shelf = KeptPages()
    shelf.keep(key(1), page(b"long one"))
    shelf.keep(key(1), page(b"short"))
    assert (len(shelf), shelf.bytes) == (1, 5)


def test_an_enormous_page_is_not_kept() -> None:
    shelf = KeptPages()
    shelf.keep(key(1), page(b"x" * 500_001))
    assert len(shelf) == 0


def test_a_page_does_not_outlive_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = KeptPages()
    shelf.keep(key(1), page(articles=3))
    assert shelf.find(key(1), {"articles": 3}) is not None
    monkeypatch.setattr(kept_pages, "LASTS_S", 0.0)
    assert shelf.find(key(1), {"articles": 3}) is None
