"""What browsers cannot send but others can: forms read it as nothing, and say what is missing."""

from io import BytesIO

import pytest

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
