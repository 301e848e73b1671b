"""Characters and numbers that no database takes are refused at the door, on both databases."""

import pytest

from tests.support.cast import Cast
from tests.support.client import FreshClient


@pytest.mark.parametrize(
    "path",
    [f"/community/questions/{2**31}", "/community/questions/9" + "0" * 40, "/help/a%00b"],
)
def test_what_cannot_name_anything_names_nothing(client: FreshClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_nul_in_the_query_string_finds_nothing(client: FreshClient) -> None:
    assert client.get("/community?tab=a%00b").status_code == 404


def test_nul_in_a_form_is_not_read(client: FreshClient, cast: Cast) -> None:
    form = {"email": "cleo@house.example\0", "password": "a quiet evening"}
    answer = client.post("/sign-in", data=form)
    assert answer.status_code == 422
    assert "nobody can type" in answer.text
