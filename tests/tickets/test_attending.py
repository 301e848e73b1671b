"""Who else is at a ticket."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine

from app.core import clock
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[Any], FreshClient]


def test_colleagues_see_who_is_there_and_who_writes(cast: Cast, as_user: AsUser) -> None:
    address = f"/tickets/{make.ticket(cast.customer).id}/presence"
    ben, ada = as_user(cast.agent), as_user(cast.lead)
    assert ben.post(address).text.strip() == ""
    assert "<b>Ben Agent</b> is here too" in ada.post(address, data={"writes": "yes"}).text
    assert "<b>Ada Lead</b> is replying" in ben.post(address).text
    assert ada.post(address, data={"left": "yes"}).status_code == 204
    assert ben.post(address).text.strip() == ""


def test_whoever_was_not_heard_of_for_a_while_is_gone(
    cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    address = f"/tickets/{make.ticket(cast.customer).id}/presence"
    as_user(cast.agent).post(address)
    with time_machine.travel(clock.now() + timedelta(seconds=40), tick=False):
        assert "Ben" not in as_user(cast.lead).post(address).text


def test_customers_neither_see_nor_tell(cast: Cast, as_user: AsUser) -> None:
    number = make.ticket(cast.customer).id
    assert as_user(cast.customer).post(f"/tickets/{number}/presence").status_code == 403
    assert as_user(cast.stranger).post(f"/tickets/{number}/presence").status_code == 403
