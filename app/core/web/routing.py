"""The URL tables of rooms: every line names the view and who may enter."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.errors import NotAllowed

View = Callable[..., ResponseReturnValue]


class Need(Protocol):
    """What a person must be or hold to enter."""

    @property
    def name(self) -> str:
        """What stands in the access matrix."""
        ...

    @property
    def open(self) -> bool:
        """Whether nobody is asked who they are."""
        ...

    def __call__(self, user: Any) -> bool:
        """Whether this person may enter."""
        ...


def get(bp: Blueprint, rule: str, view: View, *, needs: Need) -> None:
    """Answer GET at `rule` with `view`; the endpoint is the view's name."""
    bp.add_url_rule(rule, view.__name__, _guarded(view, needs), methods=["GET"])


def post(bp: Blueprint, rule: str, view: View, *, needs: Need) -> None:
    """Answer POST at `rule` with `view`; the endpoint is the view's name."""
    bp.add_url_rule(rule, view.__name__, _guarded(view, needs), methods=["POST"])


def _guarded(view: View, needs: Need) -> View:
    """The view behind its lock.  An open door asks nobody, so that it reads no session."""

    @wraps(view)
    def enter(**values: Any) -> ResponseReturnValue:
        if not needs.open and not needs(current_user):
            if current_user.is_anonymous:
                answer: ResponseReturnValue = current_app.extensions["login"].unauthorized()
                return answer
            raise NotAllowed(
                "Your account may not open this page. Ask an administrator of this desk."
            )
        return view(**values)

    enter.needs = needs  # type: ignore[attr-defined]
    return enter
