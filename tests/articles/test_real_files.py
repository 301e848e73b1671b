"""Files as people really write them, and our own: all are loaded or reported, none is lost."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from app.articles.article import Article
from app.articles.content_file import ContentFile
from app.core.db import db
from app.core.settings import ROOT
from tests.support.library import Library

DATA = os.environ.get("HEARTH_TEST_DATA", "")


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="HEARTH_TEST_DATA is not set")
def test_every_page_of_a_real_handbook_is_loaded_or_reported(library: Library) -> None:
    manifest = json.loads((Path(DATA) / "kb/manifest.json").read_text())["mastodon_docs_en"]
    with zipfile.ZipFile(
        io.BytesIO((Path(DATA) / "kb/mastodon_docs_en.zip").read_bytes())
    ) as pages:
        names = [name for name in pages.namelist() if name.endswith(".md")]
        for name in names:
            library.write(name, pages.read(name))
    load = library.sync()
    reported = {
        fault.split(":")[0].split("/articles/")[1] for fault in load.faults if " error " in fault
    }
    paths = select(ContentFile.path).where(ContentFile.article_id.is_not(None))
    loaded = set(db.session.scalars(paths))
    assert loaded | reported == set(names)
    assert not loaded & reported
    assert len(names) == manifest["pages"]
    invalid = {f.split(":")[0].split("/articles/")[1] for f in load.faults if " error E101 " in f}
    assert invalid == set(manifest["front_matter_yaml_errors"])
    assert len(loaded) > 60
    assert load.exit_code == 4


def test_our_own_help_centre_has_no_fault(library: Library) -> None:
    own = ROOT / "content" / "articles"
    files = [path for path in own.rglob("*") if path.is_file()]
    for path in files:
        library.write(path.relative_to(own).as_posix(), path.read_bytes())
    load = library.sync()
    assert (load.exit_code, load.faults) == (0, [])
    articles = db.session.scalars(select(Article)).all()
    assert len(articles) == sum(path.suffix == ".md" for path in files) >= 24
