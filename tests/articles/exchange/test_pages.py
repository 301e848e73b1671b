# ruff: noqa: E501
"""Importing and exporting in the browser: who may, what they see before they say yes, and what happens then."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts.user import User
from app.articles.article import Article
from app.articles.exchange.intake import Intake, IntakeState
from app.core.db import db
from tests.articles.exchange.test_archives import archive
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.queries import counted
from tests.support.sources import in_zip

AsUser = Callable[[User], FreshClient]
SITE = archive(
    ("a.md", b"# A\n\n{{< odd >}}\n"),
    ("_index.md", b"---\ntitle: All\n---\n"),
    ("p.png", b"\x89PNG"),
)


def send(client: FreshClient, data: bytes = SITE, **more: object):  # type: ignore[no-untyped-def]
    form = {
        "dialect": "auto",
        "into": "there",
        "visibility": "public",
        "file": (io.BytesIO(data), "site.zip"),
        **more,
    }
    return client.post("/content/exchange/imports", data=form, content_type="multipart/form-data")


def test_a_lead_imports_a_site(
    library: Library, cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    lead = as_user(cast.lead)
    answer = send(lead)
    assert answer.status_code == 303
    assert "Being looked into" in lead.get(answer.location).text
    drain()
    report = lead.get(answer.location).text
    assert "1 new" in report and "a.md:3:1" in report and "shortcode odd" in report
    assert db.session.scalar(select(Article.id)) is None
    assert lead.post(f"{answer.location}/confirmations").status_code == 303
    drain()
    db.session.rollback()
    assert "Done" in lead.get(answer.location).text
    assert db.session.scalar(select(Article.section_path)) == "there"
    intake = db.session.scalars(select(Intake)).one()
    assert (intake.state, intake.data) == (IntakeState.DONE, b"")
    assert lead.post(f"{answer.location}/confirmations").status_code == 409
    library.sync()
    assert "{{< odd >}}" in library.text("there/a.md")


def test_what_cannot_be_used_is_said(
    library: Library, cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    lead = as_user(cast.lead)
    answer = send(lead, b"rubbish")
    drain()
    page = lead.get(answer.location).text
    assert "Nobody knows what site.zip is" in page and "Nothing was changed" in page


@pytest.mark.parametrize(
    "more", [{"file": (io.BytesIO(b""), "")}, {"into": "../x"}, {"dialect": "word"}]
)
def test_an_incomplete_form_comes_back(
    library: Library, cast: Cast, as_user: AsUser, more: dict[str, object]
) -> None:
    assert send(as_user(cast.lead), **more).status_code == 422
    assert send(as_user(cast.lead), b"").status_code == 422


def test_agents_neither_import_nor_export(library: Library, cast: Cast, as_user: AsUser) -> None:
    agent = as_user(cast.agent)
    for path in ("/content/exchange", "/content/exchange/articles.zip", "/content/exchange/1"):
        assert agent.get(path).status_code in (403, 404)
    assert send(agent).status_code in (403, 404)


def test_exports_hold_what_their_readers_may_see(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    library.article("g/a.md", id="kb_aaaaaaaaaa", title="A")
    library.article("g/b.md", id="kb_bbbbbbbbbb", title="B", visibility="agents")
    library.sync()
    lead = as_user(cast.lead)
    for audience, names in (
        ("public", ["a.md"]),
        ("agents", ["a.md", "b.md"]),
        ("nobody", ["a.md"]),
    ):
        answer = lead.get(f"/content/exchange/articles.zip?audience={audience}")
        assert (
            answer.mimetype == "application/zip"
            and "attachment" in answer.headers["Content-Disposition"]
        )
        assert [name.rpartition("/")[2] for name in in_zip(answer.data)] == names


def test_the_page_costs_the_same_with_many_imports(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    lead, numbers = as_user(cast.lead), []
    for more in (2, 18):
        for _ in range(more):
            send(lead)
        with counted() as statements:
            lead.get("/content/exchange")
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
