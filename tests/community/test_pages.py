from collections.abc import Callable

import pytest

from app.accounts.user import User
from app.community import answering, moderating, voting
from app.community.queries.lists import PER_PAGE
from app.community.queries.thread import ANSWERS_PER_PAGE
from app.community.question import Question
from app.community.vote import Value
from app.core.db import db
from app.core.uow import unit_of_work
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]


def statements(client: FreshClient, path: str) -> int:
    with counted() as sent:
        assert client.get(path).status_code == 200
    return len(sent)


def test_a_visitor_reads_question_and_answers(client: FreshClient, cast: Cast) -> None:
    question = make.question(cast.customer, title="Where is <it>?")
    make.answer(question, cast.agent, text="In `instance/`.")
    page = client.get(f"/community/questions/{question.id}").text
    assert "Where is &lt;it&gt;?" in page
    assert "<code>instance/</code>" in page
    assert "Staff" in page
    assert "Sign in</a> to answer" in page


def test_an_unknown_question_is_not_found(client: FreshClient) -> None:
    assert client.get("/community/questions/999").status_code == 404


def test_the_accepted_answer_stands_first_then_the_votes_decide(
    client: FreshClient, cast: Cast
) -> None:
    question = make.question(cast.customer)
    plain, voted, taken = (
        make.answer(question, cast.agent, text=text) for text in ("Plain", "Voted", "Taken")
    )
    with unit_of_work():
        voting.vote_on_answer(voted, value=Value.UP, by=cast.lead)
        voting.vote_on_answer(plain, value=Value.DOWN, by=cast.lead)
        answering.accept(question, taken, by=cast.customer)
    page = client.get(f"/community/questions/{question.id}").text
    assert page.index("Taken</p>") < page.index("Voted</p>") < page.index("Plain</p>")
    assert "Accepted by Cleo Customer" in page


def test_a_question_with_many_answers_is_read_page_by_page(client: FreshClient, cast: Cast) -> None:
    question = make.question(cast.customer)
    for number in range(ANSWERS_PER_PAGE + 2):
        make.answer(question, cast.agent, text=f"Answer no{number}.")
    first = client.get(f"/community/questions/{question.id}").text
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = client.get(following.replace("&amp;", "&")).text
    shown = [
        number
        for number in range(ANSWERS_PER_PAGE + 2)
        for page in (first, second)
        if f"Answer no{number}.</p>" in page
    ]
    assert shown == list(range(ANSWERS_PER_PAGE + 2))


def test_the_lists_are_newest_unanswered_and_most_votes(client: FreshClient, cast: Cast) -> None:
    old, answered, new = (make.question(cast.customer, title=f"About {it}") for it in "abc")
    make.answer(answered, cast.agent)
    with unit_of_work():
        voting.vote_on_question(old, value=Value.UP, by=cast.agent)
    newest = client.get("/community").text
    assert newest.index("About c") < newest.index("About b") < newest.index("About a")
    unanswered = client.get("/community?tab=unanswered").text
    assert "About c" in unanswered
    assert "About b" not in unanswered
    votes = client.get("/community?tab=votes").text
    assert votes.index("About a") < votes.index("About c") < votes.index("About b")
    assert new.score == 0


@pytest.mark.parametrize("tab", ["newest", "unanswered", "votes"])
def test_a_long_list_is_read_page_by_page(client: FreshClient, cast: Cast, tab: str) -> None:
    for number in range(PER_PAGE + 3):
        make.question(cast.customer, title=f"About no{number}.")
    page = client.get(f"/community?tab={tab}").text
    following = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    rest = client.get(following.replace("&amp;", "&")).text
    shown = [f"About no{number}.<" in page for number in range(PER_PAGE + 3)]
    assert shown == [number > 2 for number in range(PER_PAGE + 3)]
    assert [f"About no{number}.<" in rest for number in range(PER_PAGE + 3)] == [
        not each for each in shown
    ]


@pytest.mark.parametrize("query", ["?tab=nonsense", "?after=nonsense", "?tab=votes&after=WyJ4Iiwx"])
def test_nonsense_in_the_address_shows_the_first_page(
    client: FreshClient, cast: Cast, query: str
) -> None:
    make.question(cast.customer, title="About a")
    assert "About a" in client.get(f"/community{query}").text


def test_an_empty_community_offers_to_ask(client: FreshClient, cast: Cast) -> None:
    assert "No questions yet" in client.get("/community").text
    assert "Everything has an answer" in client.get("/community?tab=unanswered").text


def test_lists_and_questions_cost_the_same_with_two_rows_and_with_twenty(
    app: object, as_user: AsUser, cast: Cast
) -> None:
    question = make.question(cast.customer)
    costs = []
    for number in (2, 18):
        for _ in range(number):
            make.question(cast.customer)
            make.answer(question, cast.agent)
        for reader in (as_user(cast.stranger), as_user(cast.moderator)):
            for path in ("/community", f"/community/questions/{question.id}"):
                costs.append(statements(reader, path))
    assert costs[:4] == costs[4:]
    assert max(costs) <= 5


def test_a_signed_in_person_asks(as_user: AsUser, cast: Cast) -> None:
    browser = as_user(cast.customer)
    assert "Continue" in browser.get("/community/ask").text
    assert "Post question" in browser.get("/community/ask?title=Why+not%3F").text
    answer = browser.post("/community/questions", data={"title": "Why not?", "text": "I ask."})
    assert answer.status_code == 303
    assert "Why not?" in browser.get(answer.location).text


def test_a_visitor_who_wants_to_ask_is_sent_to_sign_in(client: FreshClient) -> None:
    answer = client.get("/community/ask")
    assert answer.status_code == 302
    assert "new_session" in answer.location or "/sign-in" in answer.location


def test_an_unfinished_question_is_shown_again_with_its_words(as_user: AsUser, cast: Cast) -> None:
    answer = as_user(cast.customer).post(
        "/community/questions", data={"title": "Why not?", "text": "  "}
    )
    assert answer.status_code == 422
    assert 'value="Why not?"' in answer.text
    assert "Say a little more about it." in answer.text
    assert db.session.query(Question).count() == 0


def test_a_signed_in_person_answers(as_user: AsUser, cast: Cast) -> None:
    question = make.question(cast.customer)
    path = f"/community/questions/{question.id}"
    browser = as_user(cast.other_customer)
    assert browser.post(f"{path}/answers", data={"text": ""}).status_code == 422
    answer = browser.post(f"{path}/answers", data={"text": "Look again."})
    assert answer.status_code == 303
    assert "Look again." in browser.get(path).text


def test_who_asks_too_much_is_told_to_wait(as_user: AsUser, cast: Cast) -> None:
    browser = as_user(cast.customer)
    tries = [
        browser.post("/community/questions", data={"title": "Why?", "text": "So."}).status_code
        for _ in range(11)
    ]
    assert tries == [303] * 10 + [429]


def test_votes_are_shown_to_whoever_cast_them(as_user: AsUser, cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    browser = as_user(cast.stranger)
    for path in (f"questions/{question.id}", f"answers/{answer.id}"):
        assert browser.post(f"/community/{path}/votes", data={"value": "1"}).status_code == 303
    page = browser.get(f"/community/questions/{question.id}").text
    assert page.count('aria-pressed="true"') == 2
    browser.post(f"/community/answers/{answer.id}/votes", data={"value": "0"})
    page = browser.get(f"/community/questions/{question.id}").text
    assert page.count('aria-pressed="true"') == 1


def test_voting_on_ones_own_is_forbidden(as_user: AsUser, cast: Cast) -> None:
    question = make.question(cast.customer)
    path = f"/community/questions/{question.id}/votes"
    assert as_user(cast.customer).post(path, data={"value": "1"}).status_code == 403


def test_only_the_asker_or_a_moderator_accepts(as_user: AsUser, cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    path, data = f"/community/questions/{question.id}/acceptances", {"answer": str(answer.id)}
    assert as_user(cast.stranger).post(path, data=data).status_code == 403
    assert as_user(cast.agent).post(path, data=data).status_code == 403
    assert as_user(cast.customer).post(path, data=data).status_code == 303
    assert as_user(cast.moderator).post(path, data=data).status_code == 303


@pytest.mark.parametrize("chosen", ["", "x", "999999999999999999", "0"])
def test_accepting_what_is_no_answer_to_it_is_not_found(
    as_user: AsUser, cast: Cast, chosen: str
) -> None:
    question = make.question(cast.customer)
    path = f"/community/questions/{question.id}/acceptances"
    assert as_user(cast.customer).post(path, data={"answer": chosen}).status_code == 404


def test_an_answer_to_another_question_cannot_be_accepted(as_user: AsUser, cast: Cast) -> None:
    question, other = make.question(cast.customer), make.question(cast.customer)
    answer = make.answer(other, cast.agent)
    path = f"/community/questions/{question.id}/acceptances"
    data = {"answer": str(answer.id)}
    assert as_user(cast.customer).post(path, data=data).status_code == 404


def test_what_is_hidden_is_seen_by_its_author_and_by_moderators_only(
    as_user: AsUser, client: FreshClient, cast: Cast
) -> None:
    question = make.question(cast.customer, title="About a")
    with unit_of_work():
        moderating.hide_question(question, reason="Names a customer", by=cast.moderator)
    path = f"/community/questions/{question.id}"
    readers = {"visitor": client, "stranger": as_user(cast.stranger), "agent": as_user(cast.agent)}
    for reader in readers.values():
        assert reader.get(path).status_code == 404
        assert "About a" not in reader.get("/community").text
    for reader in (as_user(cast.customer), as_user(cast.moderator)):
        assert "Names a customer" in reader.get(path).text


def test_a_hidden_answer_can_neither_be_read_nor_voted_on(as_user: AsUser, cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent, text="My key is 1234.")
    with unit_of_work():
        moderating.hide_answer(question, answer, reason="A key", by=cast.moderator)
    browser = as_user(cast.stranger)
    assert "1234" not in browser.get(f"/community/questions/{question.id}").text
    path = f"/community/answers/{answer.id}/votes"
    assert browser.post(path, data={"value": "1"}).status_code == 404


def test_a_moderator_hides_and_shows_again(as_user: AsUser, cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    browser = as_user(cast.moderator)
    for path in (f"/community/questions/{question.id}", f"/community/answers/{answer.id}"):
        assert browser.post(f"{path}/hidings", data={"reason": ""}).status_code == 422
        assert browser.post(f"{path}/hidings", data={"reason": "Spam"}).status_code == 303
        assert "Show again" in browser.get(f"/community/questions/{question.id}").text
        assert browser.post(f"{path}/unhidings").status_code == 303
        assert as_user(cast.customer).post(f"{path}/hidings").status_code == 403
    assert "Show again" not in browser.get(f"/community/questions/{question.id}").text


def test_a_visitor_sees_every_change_although_pages_are_kept(
    client: FreshClient, as_user: AsUser, cast: Cast
) -> None:
    question = make.question(cast.customer)
    path = f"/community/questions/{question.id}"
    first = client.get(path)
    assert "public" in first.headers["Cache-Control"]
    with counted() as sent:
        assert client.get(path).data == first.data
    assert sent == []
    as_user(cast.agent).post(f"{path}/answers", data={"text": "Look **again**."})
    assert "Look <strong>again" in client.get(path).text
    as_user(cast.lead).post(f"{path}/votes", data={"value": "1"})
    assert "<b>1<" in client.get("/community?tab=votes").text
    assert "private" in as_user(cast.stranger).get(path).headers["Cache-Control"]


def test_whoever_asks_is_shown_what_may_answer_it_already(
    as_user: AsUser, cast: Cast, drain: Callable[[], int]
) -> None:
    make.question(cast.customer, title="Where does the index lie?")
    make.ticket(cast.customer, subject="Index")
    drain()
    browser = as_user(cast.customer)
    page = browser.get("/community/ask?title=Index+is+empty").text
    assert "Where does the <mark>index</mark> lie?" in page
    assert "/tickets/1" not in page
    again = browser.post("/community/questions", data={"title": "Index?", "text": ""}).text
    assert "Where does the <mark>index</mark> lie?" in again
    assert "may answer it" not in browser.get("/community/ask?title=Something").text
