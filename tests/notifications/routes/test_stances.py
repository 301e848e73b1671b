"""Following and muting on the ticket's page."""

from collections.abc import Callable

from app.accounts.user import User
from app.notifications.following import positions
from app.notifications.stance import Position
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[User], FreshClient]


def test_an_agent_follows_mutes_and_leaves_it(cast: Cast, as_user: AsUser) -> None:
    number, browser = make.ticket(cast.customer).id, as_user(cast.agent)
    said = {
        "follows": (Position.FOLLOWS, "You follow it."),
        "mutes": (Position.MUTES, "unless a colleague mentions you or gives it to you"),
        "none": (None, ">Follow</button>"),
    }
    for chosen, (position, words) in said.items():
        answer = browser.post(f"/tickets/{number}/stances", data={"position": chosen})
        assert answer.status_code == 303
        assert positions(number).get(cast.agent.id) is position
        assert words in browser.get(f"/tickets/{number}").text


def test_customers_and_nonsense_are_refused(cast: Cast, as_user: AsUser) -> None:
    number = make.ticket(cast.customer).id
    path = f"/tickets/{number}/stances"
    assert as_user(cast.customer).post(path, data={"position": "follows"}).status_code == 403
    assert as_user(cast.agent).post(path, data={"position": "owns"}).status_code == 422
    missing = as_user(cast.agent).post("/tickets/999/stances", data={"position": "mutes"})
    assert missing.status_code == 404
    assert positions(number) == {}
