"""Public pages as a CDN sees them: no session is read, no cookie set, nothing sent that is known."""

from collections.abc import Callable

import pytest
from flask import Flask, request_finished
from flask.globals import request_ctx

from app.accounts.user import User
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
PAGES = (
    "/",
    "/help/public",
    "/help/public.md",
    "/help/sections/guides",
    "/help/feed.atom",
    "/help/votes/kb_aaaaaaaaa2",
    "/sitemap.xml",
    "/robots.txt",
    "/changelog",
    "/changelog.atom",
    "/community",
)


@pytest.fixture
def sessions_read(app: Flask) -> list[str]:
    """The paths of requests that looked into the session."""
    found: list[str] = []

    def note(_sender: Flask, **_: object) -> None:
        held = request_ctx._session  # asking for `session` would be reading it
        if held is not None and held.accessed:
            found.append(request_ctx.request.path)

    request_finished.connect(note, app, weak=False)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_is_anybodys(
    three: Library, client: FreshClient, sessions_read: list[str], path: str
) -> None:
    first = client.get(path)
    assert first.status_code == 200
    assert "Set-Cookie" not in first.headers
    assert sessions_read == []
    assert first.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert {"Cookie", "HX-Request"} <= set(first.vary)
    assert "csrf_token" not in first.text
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", PAGES)
def test_for_whoever_is_signed_in_it_is_theirs(
    three: Library, cast: Cast, as_user: AsUser, sessions_read: list[str], path: str
) -> None:
    own = as_user(cast.customer).get(path)
    assert own.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in own.headers


def test_the_session_of_the_signed_in_is_noticed(
    three: Library, cast: Cast, as_user: AsUser, sessions_read: list[str]
) -> None:
    as_user(cast.customer).get("/help/public")
    assert sessions_read == ["/help/public"]


def test_a_guide_that_was_read_before_costs_the_signed_in_no_look_at_articles(
    three: Library, cast: Cast, as_user: AsUser
) -> None:
    for path in ("/help/public", "/help/public.md"):
        as_user(cast.customer).get(path)
        with counted() as statements:
            as_user(cast.customer).get(path)
        assert not [each for each in statements if "FROM articles" in each]
