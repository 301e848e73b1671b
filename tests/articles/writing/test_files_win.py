"""Where articles are edited in files only, the editor says so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.accounts.user import User
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library

ID = "kb_aaaaaaaaaa"


@pytest.fixture
def settings_for_test(tmp_path: Path) -> dict[str, Any]:
    return {"content": tmp_path / "content", "content_mode": "import"}


def test_nobody_writes_where_files_are_right(
    library: Library, cast: Cast, as_user: Callable[[User], FreshClient]
) -> None:
    library.article("guides/a.md", "A.", id=ID)
    library.sync()
    lead = as_user(cast.lead)
    for path in (f"articles/{ID}/edit", "articles/new"):
        answer = lead.get(f"/content/{path}")
        assert answer.status_code == 403
        assert "edited in files here" in answer.text
    made = {"title": "New", "visibility": "public", "lang": "en"}
    assert lead.post("/content/folders", data=made).status_code == 403
