"""Whole addresses come from the settings."""

from typing import Any

import pytest
from flask import Flask

from app.core.web.addresses import absolute, public_host


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"public_url": "https://desk.example:8443/help"}


def test_an_address_is_whole_without_a_request(app: Flask) -> None:
    app.add_url_rule("/things/<int:number>", "show_thing", lambda number: "")
    address = absolute("show_thing", number=3, tab="a b")
    assert address == "https://desk.example:8443/help/things/3?tab=a+b"


def test_it_may_lead_to_a_place_on_the_page(app: Flask) -> None:
    app.add_url_rule("/things/<int:number>", "show_thing", lambda number: "")
    address = absolute("show_thing", number=3, _anchor="latest")
    assert address == "https://desk.example:8443/help/things/3#latest"


def test_a_request_to_another_host_does_not_change_it(app: Flask) -> None:
    app.add_url_rule("/things", "list_things", lambda: "")
    with app.test_request_context(base_url="https://evil.example"):
        assert absolute("list_things") == "https://desk.example:8443/help/things"


def test_the_public_host_has_no_port(app: Flask) -> None:
    assert public_host() == "desk.example"
