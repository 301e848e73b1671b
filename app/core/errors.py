"""Refusals: what the house says no to, in words for people; the web maps them to pages."""

from typing import ClassVar


class Refusal(Exception):
    """Something that may not or cannot be done.  `message` is one or two sentences a person can act on."""

    status: ClassVar[int] = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInput(Refusal):
    """What was typed cannot be taken; `field` names the form field it belongs to."""

    status: ClassVar[int] = 422

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotAllowed(Refusal):
    """The person may see the thing, but not do this to it."""

    status: ClassVar[int] = 403


class NotFound(Refusal):
    """There is no such thing, or not for this person: the two look alike on purpose."""

    status: ClassVar[int] = 404

    def __init__(self, message: str = "There is nothing at this address.") -> None:
        super().__init__(message)


class Conflict(Refusal):
    """Somebody else changed the thing meanwhile."""

    status: ClassVar[int] = 409


class InvalidTransition(Conflict):
    """The thing is not in a state from which this can be done."""


class TooLarge(Refusal):
    """An upload is over the limit, which the message states."""

    status: ClassVar[int] = 413


class TooMany(Refusal):
    """Asked too often; `retry_after_s` says when it may be tried again."""

    status: ClassVar[int] = 429

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
