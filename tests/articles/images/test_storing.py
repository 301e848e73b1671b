"""Pictures that somebody brings by the browser."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.user import User
from app.articles.assets.image import Asset, Image
from app.core import clock
from app.core.db import db
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.pictures import photo, picture

AsUser = Callable[[User], FreshClient]


def bring(client: FreshClient, data: bytes, name: str = "My Shot_1.png") -> Any:
    return client.post("/content/images", data={"file": (BytesIO(data), name)})


def assets(library: Library) -> list[str]:
    folder = library.root.parent / "assets"
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def test_a_picture_becomes_a_file_and_markdown(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    agent = as_user(cast.agent)
    answer = bring(agent, picture())
    year = clock.now().year
    assert answer.status_code == 200
    assert answer.json["markdown"] == f"![My Shot 1](/content/assets/{year}/my-shot-1.png)"
    assert agent.get(answer.json["url"]).status_code == 200
    assert assets(library) == [f"{year}/my-shot-1.png"]
    assert library.sync().output == "Articles: none.\n"
    assert db.session.scalars(select(Asset.from_app)).all() == [True]


def test_the_same_picture_twice_is_one_and_another_of_its_name_is_another(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    agent = as_user(cast.agent)
    first, second = bring(agent, picture()), bring(agent, picture(), "other name.png")
    third = bring(agent, picture(size=(10, 10)))
    assert first.json["url"] == second.json["url"]
    assert third.json["markdown"].endswith("my-shot-1-2.png)")
    assert len(assets(library)) == 2


def test_what_was_written_says_nothing_about_its_maker(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    bring(as_user(cast.agent), photo(), "holiday.jpeg")
    (path,) = assets(library)
    assert path.endswith("/holiday.jpg")
    assert b"SECRET" not in (library.root.parent / "assets" / path).read_bytes()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.png", "is empty"),
        (b"MZ\x90\0", "run.exe", "“run.exe” is no PNG"),
        (picture()[:60], "a.png", "is damaged"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(
    library: Library, cast: Cast, as_user: AsUser, data: bytes, name: str, words: str
) -> None:
    answer = bring(as_user(cast.agent), data, name)
    assert answer.status_code == 422
    assert words in answer.json["error"]
    assert db.session.scalars(select(Image)).all() == []
    assert as_user(cast.agent).post("/content/images").json["error"] == "Choose a picture first."


def test_only_writers_bring_pictures(cast: Cast, client: FreshClient, as_user: AsUser) -> None:
    assert bring(client, picture()).status_code in (302, 303)
    assert bring(as_user(cast.customer), picture()).status_code == 403
    assert bring(as_user(cast.admin), picture()).status_code == 403
    assert db.session.scalars(select(Image)).all() == []


class TestWhereFilesWin:
    @pytest.fixture
    def settings_for_test(self, tmp_path: Path) -> dict[str, Any]:
        return {"content": tmp_path / "content", "content_mode": "import"}

    def test_a_picture_is_kept_without_a_file(
        self, library: Library, cast: Cast, as_user: AsUser
    ) -> None:
        answer = bring(as_user(cast.agent), picture())
        assert answer.json["markdown"] == f"![My Shot 1]({answer.json['url']})"
        assert assets(library) == []
        library.article("a.md", answer.json["markdown"])
        assert library.sync().exit_code == 0
        assert FreshClient(library.app).get(answer.json["url"]).status_code == 200
