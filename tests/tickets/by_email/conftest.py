"""A mailbox of the desk."""

import pytest

from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.mail.mailbox import Mailbox
from tests.support.cast import Cast
from tests.support.inbound import AUTHSERV, DESK


@pytest.fixture
def mailbox(cast: Cast) -> Mailbox:
    """Its server vouches for nobody."""
    return _mailbox("")


@pytest.fixture
def guarded(cast: Cast) -> Mailbox:
    """Its server says of senders whether they are who they say."""
    return _mailbox(AUTHSERV)


def _mailbox(authserv: str) -> Mailbox:
    with unit_of_work():
        begin_writing()
        made = Mailbox(address=DESK, trusted_authserv=authserv)
        db.session.add(made)
    return made
