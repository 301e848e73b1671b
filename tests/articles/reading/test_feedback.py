"""Whether an article helped: who may say so, how it counts, and who reads what they wrote."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts.user import User
from app.articles.feedback.article_vote import ArticleVote
from app.articles.feedback.queries import Tally, tally_of
from app.core.db import db
from tests.articles.reading.conftest import AGENTS, PUBLIC, SIGNED_IN
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
VOTES = f"/help/votes/{PUBLIC}"


@pytest.fixture
def browser(app: object, client: FreshClient) -> Callable[[], FreshClient]:
    """Another browser whenever it is called."""
    return lambda: client.application.test_client()  # type: ignore[return-value]


def votes() -> list[ArticleVote]:
    db.session.rollback()
    return list(db.session.scalars(select(ArticleVote).order_by(ArticleVote.id)))


def test_a_visitor_votes_without_a_session_and_is_thanked(
    three: Library, client: FreshClient
) -> None:
    answer = client.post(VOTES, data={"helped": "yes"})
    assert (answer.status_code, answer.location) == (303, VOTES)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("hearth_reader=")
    assert "Path=/help/votes" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    thanks = client.get(answer.location)
    assert "Thank you" in thanks.text and 'href="/help/public"' in thanks.text
    assert thanks.headers["Cache-Control"].startswith("public")
    part = client.get(answer.location, headers={"HX-Request": "true"})
    assert "<html" not in part.text and "Thank you" in part.text
    (vote,) = votes()
    assert (vote.helped, vote.person_id, vote.comment, vote.reasons) == (True, None, "", [])
    assert vote.visitor and vote.visitor not in cookie
    assert vote.revision_id == three.the_article(PUBLIC).live_revision_id


def test_the_page_that_was_kept_is_read_without_the_cookie(
    three: Library, client: FreshClient
) -> None:
    client.post(VOTES, data={"helped": "yes"})
    page = client.get("/help/public")
    assert page.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in page.headers


def test_who_votes_again_has_changed_their_mind(three: Library, client: FreshClient) -> None:
    client.post(VOTES, data={"helped": "yes"})
    said = {"helped": "no", "reasons": ["outdated", "missing"], "comment": " It <b>moved</b>. "}
    client.post(VOTES, data=said)
    (vote,) = votes()
    assert (vote.helped, vote.reasons) == (False, ["missing", "outdated"])
    assert vote.comment == "It <b>moved</b>."
    client.post(VOTES, data={"helped": "yes", "reasons": ["wrong"], "comment": "never mind"})
    (vote,) = votes()
    assert (vote.helped, vote.reasons, vote.comment) == (True, [], "")


def test_each_browser_and_each_person_counts_once(
    three: Library, cast: Cast, as_user: AsUser, browser: Callable[[], FreshClient]
) -> None:
    for _ in range(2):
        browser().post(VOTES, data={"helped": "yes"})
    as_user(cast.customer).post(VOTES, data={"helped": "no"})
    as_user(cast.customer).post(VOTES, data={"helped": "yes"})
    assert tally_of(PUBLIC) == Tally(yes=3, no=0)


def test_what_a_visitor_said_is_theirs_once_they_sign_in(
    three: Library, cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    client.post(VOTES, data={"helped": "no", "comment": "As a visitor."})
    as_user(cast.customer).post(VOTES, data={"helped": "no", "comment": "Elsewhere."})
    client.sign_in(cast.customer).post(VOTES, data={"helped": "yes"})
    (vote,) = votes()
    assert (vote.helped, vote.person_id) == (True, cast.customer.id)


def test_votes_of_one_browser_on_two_articles_cannot_be_matched(
    three: Library, client: FreshClient
) -> None:
    three.article("guides/other.md", id="kb_ddddddddd2")
    three.sync()
    client.post(VOTES, data={"helped": "yes"})
    client.post("/help/votes/kb_ddddddddd2", data={"helped": "yes"})
    first, second = votes()
    assert first.visitor != second.visitor


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose yes or no first."),
        ({"helped": "maybe"}, "Choose yes or no first."),
        ({"helped": "no", "comment": "x" * 2001}, "2,000 characters fit here"),
    ],
)
def test_what_cannot_be_counted_is_shown_again(
    three: Library, client: FreshClient, data: dict[str, str], said: str
) -> None:
    answer = client.post(VOTES, data=data)
    assert answer.status_code == 422
    assert said in answer.text
    assert data.get("comment", "") in answer.text
    assert votes() == []


def test_unknown_reasons_are_refused(three: Library, client: FreshClient) -> None:
    assert client.post(VOTES, data={"helped": "no", "reasons": ["evil"]}).status_code == 422


def test_votes_are_for_those_who_may_read(
    three: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    def statuses(reader: FreshClient) -> list[int]:
        ids = (PUBLIC, SIGNED_IN, AGENTS, "kb_nothing222")
        return [reader.post(f"/help/votes/{id}", data={"helped": "yes"}).status_code for id in ids]

    assert statuses(client) == [303, 404, 404, 404]
    assert statuses(as_user(cast.customer)) == [303, 303, 404, 404]
    assert statuses(as_user(cast.agent)) == [303, 303, 303, 404]
    assert client.get(f"/help/votes/{AGENTS}").status_code == 404


def test_another_site_cannot_vote_for_its_visitors(three: Library, client: FreshClient) -> None:
    for forged in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert client.post(VOTES, data={"helped": "no"}, headers=forged).status_code == 403
    assert votes() == []


def test_one_machine_cannot_vote_for_ever(
    three: Library, browser: Callable[[], FreshClient]
) -> None:
    found = [browser().post(VOTES, data={"helped": "no"}).status_code for _ in range(61)]
    assert found == [303] * 60 + [429]
    assert len(votes()) == 60


def test_few_votes_are_counted_and_many_are_a_share() -> None:
    assert Tally().words == ""
    assert Tally(1, 0).words == "1 of 1 reader said yes"
    assert Tally(3, 1).words == "3 of 4 readers said yes"
    assert Tally(4, 1).words == "80% of 5 readers said yes"
    assert Tally(1000, 234).words == "81% of 1,234 readers said yes"


def test_readers_see_how_many_it_helped(
    three: Library, cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    reader = as_user(cast.customer)
    assert "readers said yes" not in reader.get("/help/public").text
    client.post(VOTES, data={"helped": "yes"})
    assert "1 of 1 reader said yes" in reader.get("/help/public").text


def test_staff_read_what_was_missing_text_by_text(
    three: Library, cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    client.post(
        VOTES, data={"helped": "no", "reasons": ["unclear"], "comment": "<i>Which</i> menu?"}
    )
    three.edit(PUBLIC, body="A better text.\n")
    as_user(cast.customer).post(VOTES, data={"helped": "yes"})
    path = f"/content/articles/{PUBLIC}/feedback"
    page = as_user(cast.agent).get(path).text
    assert "&lt;i&gt;Which&lt;/i&gt; menu?" in page and "A visitor" in page
    assert "I could not follow it" in page and "1 of 2 readers said yes" in page
    assert page.count('<th scope="row"') == 2
    assert f'href="{path}"' in as_user(cast.agent).get("/help/public").text
    assert path not in as_user(cast.customer).get("/help/public").text
    assert as_user(cast.customer).get(path).status_code == 403
    assert as_user(cast.admin).get(path).status_code == 403
    assert as_user(cast.agent).get("/content/articles/kb_nothing222/feedback").status_code == 404


def test_the_page_of_what_readers_said_asks_no_more_with_more_of_it(
    three: Library, cast: Cast, as_user: AsUser, browser: Callable[[], FreshClient]
) -> None:
    counts = []
    reader = as_user(cast.agent)
    for number in (2, 20):
        for each in range(number):
            browser().post(VOTES, data={"helped": "no", "comment": f"Number {each}"})
        with counted() as statements:
            reader.get(f"/content/articles/{PUBLIC}/feedback")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_people_who_share_a_browser_answer_for_themselves_alone(
    three: Library, cast: Cast, client: FreshClient
) -> None:
    client.sign_in(cast.customer).post(VOTES, data={"helped": "no", "comment": "Ana's."})
    client.post("/sign-out")
    client.post(VOTES, data={"helped": "no", "comment": "A stranger's."})
    client.sign_in(cast.other_customer).post(VOTES, data={"helped": "yes"})
    said = {(vote.person_id, vote.helped, vote.comment) for vote in votes()}
    assert said == {(cast.customer.id, False, "Ana's."), (cast.other_customer.id, True, "")}
