"""Putting a person into a state that no verb of this room leads to."""

from typing import Any

from app.accounts import people
from app.core.uow import begin_writing, unit_of_work


def alter(email: str, **values: Any) -> None:
    with unit_of_work():
        begin_writing()
        user = people.with_address(email)
        assert user is not None
        for name, value in values.items():
            setattr(user, name, value)
