"""What browsers cannot send but others can: forms read it as nothing, and say what is missing."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup
from wtforms import BooleanField, Form, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.core.web import forms
from tests.support.client import FreshClient

SAID = {"name": "Cleo", "email": "cleo@house.example", "subject": "Blank", "text": "Pages."}


@pytest.mark.parametrize("field", SAID)
def test_a_file_is_no_text(client: FreshClient, field: str) -> None:
    form = SAID | {field: (BytesIO(b"words"), "words.txt")}
    assert client.post("/tickets", data=form).status_code == 422


def test_a_text_is_no_file(client: FreshClient) -> None:
    assert client.post("/tickets", data=SAID | {"files": "words"}).status_code == 303


@pytest.mark.parametrize("said", [["words"], {"text": 5}, {"text": "a\0b"}])
def test_json_is_no_form(client: FreshClient, said: object) -> None:
    assert client.post("/tickets", json=said).status_code == 422


class Fields:
    """Fields of most kinds."""

    name = StringField(validators=[InputRequired(), Length(max=9)], default="<b> \"&'")
    agreed = BooleanField(default=True)
    priority = SelectField(
        default="2",
        choices=[
            SelectChoice("", "None"),
            SelectChoice(1, Markup("<i>Low</i>")),
            SelectChoice("2", '"High" & <more>', render_kw={"data_tone": "bad"}),
        ],
    )


class OurForm(Fields, forms.Form):
    pass


class TheirForm(Fields, Form):  # type: ignore[misc]
    pass


@pytest.fixture
def request_of_nobody(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize("field", ["name", "agreed", "priority"])
@pytest.mark.parametrize(
    "attributes",
    [
        {},
        {"class_": "wide", "disabled": True, "hidden": False, "rows": 3},
        {"data_say_it": '"<&', "aria_label": Markup('"<&"'), "hx-get": "/options?a=1&b=2"},
    ],
)
def test_a_field_is_written_as_wtforms_does(
    request_of_nobody: None, field: str, attributes: dict[str, Any]
) -> None:
    assert OurForm()[field](**attributes) == TheirForm()[field](**attributes)
