"""The URL tables of rooms: every line names the view and who may enter."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.routing import Rule

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


class LazyRule(Rule):
    """A rule that learns to build its address when it is first asked for it.

    Werkzeug compiles two functions for each rule at the start, which takes longer than all else there.
    """

    def _compile_builder(  # Werkzeug says how it is called
        self,
        append_unknown: bool = True,  # noqa: FBT001, FBT002
    ) -> Callable[..., tuple[str, str]]:
        learn = super()._compile_builder
        name = "_build_unknown" if append_unknown else "_build"

        def build(_self: Rule, **values: Any) -> tuple[str, str]:
            learnt: Callable[..., tuple[str, str]] = learn(append_unknown).__get__(self, None)
            setattr(self, name, learnt)
            return learnt(**values)

        return build


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
