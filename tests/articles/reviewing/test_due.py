"""Articles that are due for a look: when, for whom, how that ends, and that nobody is told twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.accounts.user import User
from app.articles.article import Article
from app.articles.editing import change
from app.articles.intervals import after, before
from app.articles.reviewing.due import due
from app.articles.reviewing.reminding import remind
from app.core import clock
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.notifications.notice import Notice
from app.notifications.occasion import Occasion
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
ID = "kb_aaaaaaaaaa"


def made(library: Library, id: str = ID, **front: str) -> None:
    library.article(f"guides/{id[3:]}.md", "Words.\n", id=id, title=f"Guide {id}", **front)
    assert library.sync().exit_code == 0


def ids(*, days: int = 0, owner: User | None = None) -> list[str]:
    """What is due when so many days have passed."""
    db.session.rollback()
    at = clock.now() + timedelta(days=days)
    return [each.id for each in due(at, owner_id=owner.id if owner else None)]


def age(days: int) -> None:
    """Let all articles be as they are for so many days."""
    with unit_of_work():
        begin_writing()
        then = clock.now() - timedelta(days=days)
        db.session.execute(update(Article).values(updated_at=then))


def notices(user: User, drain: Callable[[], int]) -> int:
    with unit_of_work():
        remind()
    drain()
    rows = select(Notice).where(Notice.user_id == user.id, Notice.occasion == Occasion.ARTICLE_DUE)
    return len(db.session.scalars(rows).all())


@pytest.mark.parametrize(
    ("interval", "start", "end"),
    [
        ("90d", "2026-01-01", "2026-04-01"),
        ("6m", "2026-08-31", "2027-02-28"),
        ("1m", "2028-01-31", "2028-02-29"),
        ("12m", "2026-11-28", "2027-11-28"),
    ],
)
def test_intervals_are_days_or_months(interval: str, start: str, end: str) -> None:
    at = datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert after(at, interval).date().isoformat() == end


def test_an_interval_leads_back_too() -> None:
    at = datetime(2027, 3, 31, tzinfo=UTC)
    assert before(at, "1m") == datetime(2027, 2, 28, tzinfo=UTC)
    assert before(at, "12m") == datetime(2026, 3, 31, tzinfo=UTC)


def test_the_text_says_how_often_then_the_folder_then_the_desk(
    library: Library, cast: Cast
) -> None:
    library.write("guides/_folder.yml", "title: Guides\nreview_every: 60d\n")
    made(library, review_every="30d")
    made(library, "kb_bbbbbbbbbb")
    library.article("other/c.md", "Words.", id="kb_cccccccccc", title="C")
    library.sync()
    assert ids(days=29) == []
    assert ids(days=31) == [ID]
    assert ids(days=61) == [ID, "kb_bbbbbbbbbb"]
    assert len(ids(days=367)) == 3


def test_a_folder_that_says_otherwise_is_heard_at_the_next_sync(library: Library) -> None:
    made(library)
    assert ids(days=40) == []
    library.write("guides/_folder.yml", "review_every: 30d\n")
    library.sync()
    assert ids(days=40) == [ID]
    assert library.sync().exit_code == 0


def test_only_what_readers_see_is_due(library: Library) -> None:
    made(library, review_every="1d", status="draft")
    assert ids(days=9) == []
    library.edit(ID, status="published")
    assert ids(days=9) == [ID]


def test_still_right_is_noted_with_who_and_when_and_changes_no_file(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    made(library, review_every="30d")
    age(40)
    library.edit(ID)
    with unit_of_work():
        begin_writing()
        db.session.execute(update(Article).values(review_due_at=clock.now() - timedelta(days=10)))
    before_text, revision = (
        library.text(f"guides/{ID[3:]}.md"),
        library.the_article(ID).live_revision_id,
    )
    lead = as_user(cast.lead)
    assert f"Guide {ID}" in lead.get("/content/articles/due").text
    answer = lead.post(f"/content/articles/{ID}/confirmations", data={"back": "due"})
    assert answer.status_code == 303
    assert answer.location == "/content/articles/due"
    article = library.the_article(ID)
    assert article.reviewed_by_id == cast.lead.id
    assert article.reviewed_at
    assert article.review_due_at == article.reviewed_at + timedelta(days=30)
    assert ids() == []
    assert "All are fresh" in lead.get("/content/articles/due").text
    assert article.live_revision_id == revision
    library.sync()
    assert library.text(f"guides/{ID[3:]}.md") == before_text
    assert "Ada Lead found it right on" in lead.get(f"/content/articles/{ID}/history").text


def test_an_owner_may_say_so_and_other_agents_may_not(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    made(library, owner=cast.agent.email)
    made(library, "kb_bbbbbbbbbb")
    agent = as_user(cast.agent)
    assert agent.post(f"/content/articles/{ID}/confirmations").status_code == 303
    assert agent.post("/content/articles/kb_bbbbbbbbbb/confirmations").status_code == 403
    assert as_user(cast.customer).post(f"/content/articles/{ID}/confirmations").status_code == 403


def test_owners_are_told_once_each_time_it_falls_due(
    library: Library, cast: Cast, drain: Callable[[], int]
) -> None:
    made(library, owner=cast.agent.email)
    assert notices(cast.agent, drain) == 0
    age(400)
    assert notices(cast.agent, drain) == 1
    assert notices(cast.agent, drain) == 1
    with unit_of_work():
        begin_writing()
        then = clock.now() - timedelta(days=380)
        db.session.execute(
            update(Article).values(reviewed_at=then, reminded_at=then - timedelta(days=20))
        )
    assert notices(cast.agent, drain) == 2


def test_an_owner_reads_of_it_behind_the_bell_until_it_is_confirmed(
    library: Library, cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    made(library, owner=cast.agent.email)
    age(400)
    assert notices(cast.agent, drain) == 1
    agent = as_user(cast.agent)
    page = agent.get("/notifications").text
    assert "It is time to read this article again" in page
    assert f"/content/articles/{ID}/history" in page
    agent.post(f"/content/articles/{ID}/confirmations")
    assert "It is time to read" not in agent.get("/notifications").text


@pytest.mark.parametrize("front", [{"summary": "Read again."}, {"status": "archived"}])
def test_what_was_changed_or_taken_away_waits_for_nobody(
    library: Library,
    cast: Cast,
    as_user: AsUser,
    drain: Callable[[], int],
    front: dict[str, str],
) -> None:
    made(library, owner=cast.agent.email)
    age(400)
    assert notices(cast.agent, drain) == 1
    with unit_of_work():
        change(library.the_article(ID), front=front, by=cast.lead)
    assert "It is time to read" not in as_user(cast.agent).get("/notifications").text


def test_those_of_one_owner_are_listed_alone(library: Library, cast: Cast, as_user: AsUser) -> None:
    made(library, owner=cast.agent.email, review_every="1d")
    made(library, "kb_bbbbbbbbbb", review_every="1d")
    assert ids(days=2, owner=cast.agent) == [ID]
    assert ids(days=2, owner=cast.lead) == []
    assert as_user(cast.agent).get("/content/articles/due?whose=mine").status_code == 200


def test_the_page_asks_no_more_with_more_to_show(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    lead = as_user(cast.lead)
    counts = []
    for number in (2, 20):
        for n in range(number):
            id = "kb_" + "abcdefghijklmnopqrstuvwxyz"[n] * 10
            library.article(f"guides/{id}.md", "Words.", id=id, title=id)
        library.sync()
        age(400)
        with counted() as statements:
            lead.get("/content/articles/due")
        counts.append(len(statements))
    assert counts[0] == counts[1]


class TestNever:
    """A desk that reminds nobody by itself."""

    @pytest.fixture
    def settings_for_test(self, settings_for_test: dict[str, object]) -> dict[str, object]:
        return {**settings_for_test, "content_review_every": "never"}

    def test_only_what_a_text_asks_for_is_due(self, library: Library) -> None:
        made(library)
        made(library, "kb_bbbbbbbbbb", review_every="30d")
        assert ids(days=9000) == ["kb_bbbbbbbbbb"]
