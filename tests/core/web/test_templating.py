"""Addresses in templates: those that Flask builds."""

from datetime import date
from typing import Any

import flask
import pytest
from flask import Flask
from jinja2 import Undefined

from app.metrics.filtering import Key

PAGE = "metrics.show_metrics"
TICKETS = "metrics.show_evidence"
TICKET = "tickets.show_ticket"


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        (PAGE, {}),
        (PAGE, {"last": "84", "hours": None}),
        (TICKET, {"number": 7}),
        (TICKET, {"number": 7, "_anchor": "message-3", "page": 2}),
        (TICKET, {"page": 2, "number": 7, "_external": True}),
        (TICKETS, {"metric": "frt", "from": date(2026, 9, 6), "to": "2026-11-29"}),
        (TICKETS, {"weekday": 0, "metric": "a/b?c d", "hour": 0}),
        (TICKETS, {"metric": "frt", "by": Key.TEAM, "only": True, "share": 0.5}),
        (PAGE, {"tag": "a&b=c d+e", "queue": "über/x?y:z@!$'()*,;~[]#%"}),
        (PAGE, {"tag": ""}),
        (PAGE, {"tag": Undefined()}),
        (PAGE, {"tag": ["b", "a"], "last": "7"}),
        (PAGE, {"tag": ("b", "a"), "last": "7"}),
    ],
)
def test_an_address_is_as_flask_builds_it(
    app: Flask, endpoint: str, values: dict[str, Any]
) -> None:
    url_for: Any = app.jinja_env.globals["url_for"]
    with app.test_request_context("/metrics"):
        built = [url_for(endpoint, **values) for _ in range(2)]
        assert built == [flask.url_for(endpoint, **values)] * 2


def test_equal_values_that_are_written_differently_are_told_apart(app: Flask) -> None:
    url_for: Any = app.jinja_env.globals["url_for"]
    with app.test_request_context():
        assert url_for(PAGE, tag=1) == "/metrics?tag=1"
        assert url_for(PAGE, tag=True) == "/metrics?tag=True"


def test_an_address_stands_below_the_root_that_the_request_came_by(app: Flask) -> None:
    url_for: Any = app.jinja_env.globals["url_for"]
    for root in ("", "/desk", ""):
        with app.test_request_context(environ_overrides={"SCRIPT_NAME": root}):
            assert url_for(TICKET, number=7, page=2) == f"{root}/tickets/7?page=2"
