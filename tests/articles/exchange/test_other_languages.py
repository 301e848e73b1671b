"""A desk whose own language is not English: what is in it needs no name, and English does."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.articles.article import Article
from app.core.db import db
from tests.support.library import Library
from tests.support.sources import folder


@pytest.fixture
def settings_for_test(tmp_path: Path) -> dict[str, Any]:
    return {"content": tmp_path / "content", "language": "de"}


def languages() -> dict[str, tuple[str, bool]]:
    """Of each article by its title: its language, and whether it translates another."""
    db.session.rollback()
    rows = select(Article.title, Article.lang, Article.translation_of)
    return {title: (lang, of is not None) for title, lang, of in db.session.execute(rows)}


def test_zendesk(library: Library, tmp_path: Path) -> None:
    common = {"id": 1, "body": "<p>x</p>", "section_id": 2}
    articles = [
        {**common, "title": "English", "locale": "en-us"},
        {**common, "title": "Deutsch", "locale": "de"},
        {**common, "id": 3, "title": "Ohne"},
    ]
    source = folder(tmp_path / "z", {"articles.json": json.dumps({"articles": articles})})
    assert library.run("import", str(source)).exit_code == 0
    library.sync()
    assert languages() == {"English": ("en", True), "Deutsch": ("de", False), "Ohne": ("de", False)}
    assert "lang:" not in library.text("deutsch.md") and "lang: en" in library.text("en/english.md")


def test_hugo(library: Library, tmp_path: Path) -> None:
    files = {
        "content/de/_index.md": "---\ntitle: Alles\n---\n",
        "content/de/a.md": "---\ntitle: Deutsch\n---\nx\n",
        "content/en/a.md": "---\ntitle: English\n---\nx\n",
    }
    source = folder(tmp_path / "h", files)
    assert library.run("import", str(source), "--format", "hugo").exit_code == 0
    library.sync()
    assert languages() == {"English": ("en", True), "Deutsch": ("de", False)}
    assert "lang:" not in library.text("a.md")


def test_the_same_address_in_two_languages_is_no_conflict(library: Library, tmp_path: Path) -> None:
    library.article("a.md", id="kb_aaaaaaaaa2", slug="reset")
    library.sync()
    text = "---\nid: kb_bbbbbbbbb2\ntitle: B\nlang: en\nslug: reset\nstatus: published\n---\nx\n"
    source = folder(tmp_path / "m", {"b.md": text})
    done = library.run("import", str(source))
    assert done.exit_code == 0 and not [fault for fault in done.faults if "W307" in fault]
