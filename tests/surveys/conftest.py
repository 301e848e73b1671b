"""What the survey tests share: a solved ticket."""

from collections.abc import Callable

import pytest

from app.core.uow import unit_of_work
from app.tickets import replying, resolving
from tests.support import make
from tests.support.cast import Cast
from tests.support.mails import last_mail, link_in


@pytest.fixture
def solved(cast: Cast) -> int:
    """A ticket of Cleo that Ben answered and Ada solved."""
    number = make.ticket(cast.customer).id
    with unit_of_work():
        replying.reply(make.ticket_numbered(number), text="Try this.", by=cast.agent)
    with unit_of_work():
        resolving.resolve(make.ticket_numbered(number), by=cast.lead)
    return number


@pytest.fixture
def rating_link(solved: int, cast: Cast, drain: Callable[[], int]) -> str:
    """The path of the link that says 4."""
    drain()
    return link_in(last_mail(to=cast.customer.email), "rating=4")
