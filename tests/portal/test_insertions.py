"""Guides and accepted answers, put into what staff write."""

from collections.abc import Callable

import pytest

from app.accounts.user import User
from app.community.answering import accept
from app.core.uow import unit_of_work
from app.portal.insertion import How, Insertion, Kind
from app.tickets import drafting
from app.tickets.history import timeline
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

Browser = Callable[[User], FreshClient]
Drain = Callable[[], int]


def draft(ticket_id: int, user: User) -> str:
    found = drafting.draft_of(make.ticket_numbered(ticket_id), user)
    return found.text if found else ""


def test_text_goes_without_what_only_its_page_can_show() -> None:
    text = "See [the *other* guide](../a.md#x) and [this](https://x.example). ![Shot](shot.png)"
    what = Insertion(Kind.ARTICLE, "kb_1", "A [b] c", "https://desk.example/help/a", text)
    link = r"[A \[b\] c](https://desk.example/help/a)"
    assert what.said(How.LINK) == link
    assert what.said(How.TEXT) == f"See the *other* guide and [this](https://x.example).\n\n{link}"


def test_guide_is_put_into_the_draft_without_scripts(
    cast: Cast, as_user: Browser, drain: Drain
) -> None:
    guide, ticket = make.article("Reset the router", "Turn it **off**."), make.ticket(cast.customer)
    drain()
    agent = as_user(cast.agent)
    assert "insertions/search" in agent.get(f"/tickets/{ticket.id}").text
    begun = agent.post(
        f"/tickets/{ticket.id}/insertions/search", data={"kind": "reply", "text": "Hello Cleo,"}
    )
    assert begun.location == f"/tickets/{ticket.id}/insertions"
    found = agent.get(f"{begun.location}?q=router").text
    assert f'value="{guide.id}"' in found
    data = {"kind": "article", "ref": guide.id, "how": "text"}
    assert agent.post(f"/tickets/{ticket.id}/insertions", data=data).status_code == 303
    text = draft(ticket.id, cast.agent)
    assert text.startswith("Hello Cleo,\n\nTurn it **off**.\n\n[Reset the router](http")
    assert "Hello Cleo," in agent.get(f"/tickets/{ticket.id}").text
    fact = timeline(ticket.id)[-1]
    assert (fact.kind, fact.payload) == ("article.inserted", {"article_id": guide.id})
    assert "put a guide into a message" in agent.get(f"/tickets/{ticket.id}").text


def test_script_gets_the_text_and_leaves_the_draft(cast: Cast, as_user: Browser) -> None:
    guide, ticket = make.article("Reset the router"), make.ticket(cast.customer)
    answer = as_user(cast.agent).post(
        f"/tickets/{ticket.id}/insertions",
        data={"kind": "article", "ref": guide.id},
        headers={"Accept": "text/plain"},
    )
    assert answer.mimetype == "text/plain"
    assert answer.text.startswith("[Reset the router](http")
    assert draft(ticket.id, cast.agent) == ""
    assert timeline(ticket.id)[-1].kind == "article.linked"


def test_accepted_answer_is_put_in_and_others_are_not(
    cast: Cast, as_user: Browser, drain: Drain
) -> None:
    question, ticket = make.question(cast.customer, title="Index?"), make.ticket(cast.customer)
    given = make.answer(question, cast.agent, text="Start the worker.")
    drain()
    agent = as_user(cast.agent)
    data = {"kind": "question", "ref": str(question.id), "how": "text"}
    assert agent.post(f"/tickets/{ticket.id}/insertions", data=data).status_code == 404
    assert "Index?" not in agent.get(f"/tickets/{ticket.id}/insertions?q=index").text
    with unit_of_work():
        accept(question, given, by=cast.customer)
    assert agent.post(f"/tickets/{ticket.id}/insertions", data=data).status_code == 303
    assert draft(ticket.id, cast.agent).startswith("Start the worker.\n\n[Index?](http")
    assert timeline(ticket.id)[-1].payload == {"question_id": question.id}
    assert "Insert answer" in agent.get(f"/tickets/{ticket.id}/insertions?q=index").text


def test_guide_for_staff_is_not_offered(cast: Cast, as_user: Browser, drain: Drain) -> None:
    guide, ticket = make.article("Secret router", visibility="agents"), make.ticket(cast.customer)
    drain()
    agent = as_user(cast.agent)
    assert "Secret" not in agent.get(f"/tickets/{ticket.id}/insertions?q=router").text
    assert "Secret" not in agent.get(f"/tickets/{ticket.id}/insertions/options?q=router").text
    data = {"kind": "article", "ref": guide.id, "how": "link"}
    assert agent.post(f"/tickets/{ticket.id}/insertions", data=data).status_code == 404


@pytest.mark.parametrize("wrong", [{"ref": ""}, {"kind": "x"}, {"ref": "9" * 20}, {"how": "all"}])
def test_nonsense_is_not_there(cast: Cast, as_user: Browser, wrong: dict[str, str]) -> None:
    ticket = make.ticket(cast.customer)
    data = {"kind": "question", "ref": "1", "how": "link"} | wrong
    sent = as_user(cast.agent).post(f"/tickets/{ticket.id}/insertions", data=data)
    assert sent.status_code == 404
    assert as_user(cast.customer).get(f"/tickets/{ticket.id}/insertions").status_code == 403
