"""A slot on the page of a person that other rooms fill: their ratings."""

from collections.abc import Callable, Sequence

from flask import Flask, current_app
from markupsafe import Markup

from app.accounts.user import User

Panel = Callable[[User], Markup]
"""What a room shows of a person to staff; nothing where there is nothing."""


def init_app(app: Flask, panels: Sequence[Panel]) -> None:
    """Install what wiring lists."""
    app.extensions["person_panels"] = tuple(panels)


def panels_about(person: User) -> list[Markup]:
    """What the other rooms have to show of this person."""
    panels: Sequence[Panel] = current_app.extensions["person_panels"]
    return [html for show in panels if (html := show(person))]
