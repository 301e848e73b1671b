"""Whatever is imported, every byte of it is somewhere afterwards, and what goes out comes back the same."""

import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.articles.article import Article
from app.articles.revision import Revision
from app.core.db import Model, db
from app.core.settings import ROOT
from app.core.uow import begin_writing, unit_of_work
from tests.support.library import Library
from tests.support.pictures import picture
from tests.support.sources import in_zip, lost, zipped

DATA = os.environ.get("HEARTH_TEST_DATA", "")


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="HEARTH_TEST_DATA is not set")
def test_a_real_help_centre_comes_in_without_losing_a_byte(library: Library) -> None:
    source = Path(DATA) / "kb/mastodon_docs_en.zip"
    files = in_zip(source.read_bytes())
    done = library.run("import", str(source))
    assert done.exit_code == 0
    assert lost(files, library.root.parent) == []
    articles = db.session.scalar(select(func.count()).select_from(Article))
    assert articles == len(files) - 1  # one page has no text: it is a section
    assert library.sync().exit_code == 0
    assert library.sync().summary == f"Articles: {articles} unchanged."
    again = library.run("import", str(source))
    assert f"{articles} unchanged" in again.output


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="HEARTH_TEST_DATA is not set")
def test_what_was_not_understood_of_it_is_reported_with_its_place(library: Library) -> None:
    source = Path(DATA) / "kb/mastodon_docs_en.zip"
    manifest = json.loads((Path(DATA) / "kb/manifest.json").read_text())["mastodon_docs_en"]
    report = json.loads(library.run("import", str(source), "--dry-run", "--json").output)
    mended = {fault["path"] for fault in report["faults"] if fault["code"] == "W305"}
    assert mended == set(manifest["front_matter_yaml_errors"])
    files = in_zip(source.read_bytes())
    for fault in report["faults"]:
        if fault["code"] == "W301":
            name = fault["message"].split()[2]
            line = files[fault["path"]].decode().splitlines()[fault["line"] - 1]
            assert name in line[fault["column"] - 1 :], fault
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 0


def test_our_own_articles_come_back_as_they_were(library: Library, tmp_path: Path) -> None:
    own = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "content").rglob("*")
        if path.is_file()
    }
    articles = {path: data for path, data in own.items() if "/assets/" not in path}
    assert _round_trip(library, zipped(tmp_path / "own.zip", own), tmp_path) == own
    assert len(articles) > 24


def test_texts_of_others_come_back_as_they_were_exported(library: Library, tmp_path: Path) -> None:
    source = zipped(tmp_path / "site.zip", SITE)
    library.run("import", str(source), "--visibility", "public")
    out = tmp_path / "first.zip"
    library.run("export", str(out), "--audience", "agents", "--with-drafts")
    first = in_zip(out.read_bytes())
    _empty(library)
    assert _round_trip(library, out, tmp_path) == first
    assert (tmp_path / "again.zip").read_bytes() == out.read_bytes()


def test_odd_files_are_kept_and_told_of(library: Library, tmp_path: Path) -> None:
    files = {
        "a.md": b"\xef\xbb\xbf# A\r\n\r\nCRLF and a mark.\r\n",
        "bad.md": b"---\ntitle: Bad\n---\n\xff\xfe not text",
        "nul.md": b"# N\n\0\n",
        "open.md": b"---\ntitle: never closed\n\ntext\n",
        "tabs.md": b'---\ntitle: T\naliases: [\n\t"/x"\n]\n---\ntext\n',
        "broken.md": b"---\ntitle: [\n---\ntext\n",
        "anchors.md": b"---\ntitle: &a A\nother: *a\n---\ntext\n",
        "empty.md": b"",
        "theme/script.js": b"alert(1)\n",
        "B.md": b"# Upper\n",
        "b.md": b"# Lower\n",
        "img/p.png": picture(),
    }
    done = library.run("import", str(zipped(tmp_path / "odd.zip", files)))
    assert done.exit_code == 4
    assert lost({path: data for path, data in files.items() if data}, library.root.parent) == []
    told = {fault.split(":")[0] for fault in done.faults}
    assert {"bad.md", "nul.md", "open.md", "tabs.md", "broken.md", "theme/script.js"} <= told
    load = library.sync()
    assert not [fault for fault in load.faults if " error " in fault]


def test_a_dry_run_changes_nothing(library: Library, tmp_path: Path) -> None:
    done = library.run("import", str(zipped(tmp_path / "s.zip", SITE)), "--dry-run")
    assert done.exit_code == 2
    assert db.session.scalar(select(func.count()).select_from(Article)) == 0
    assert list(library.root.parent.rglob("*")) == [library.root]


SITE = {
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/guides/_index.md": "+++\ntitle = 'Guides'\nweight = 2\n+++\nAll of them.\n",
    "content/guides/a.md": '---\ntitle: A\nmenu: {main: {weight: 3}}\n---\nSee [b]({{< relref "b" >}}).\n',
    "content/guides/b.md": "+++\ntitle = 'B'\ndraft = true\n+++\n![x](x.png)\n",
    "content/guides/x.png": b"\x89PNG\r\n\x1a\nx",
}


def _round_trip(library: Library, source: Path, tmp_path: Path) -> dict[str, bytes]:
    """Import into an empty desk, export, and what is in the export."""
    assert library.run("import", str(source)).exit_code == 0
    out = tmp_path / "again.zip"
    library.run("export", str(out), "--audience", "agents", "--with-drafts")
    library.sync()
    before = out.read_bytes()
    library.run("export", str(out), "--audience", "agents", "--with-drafts")
    assert out.read_bytes() == before  # the sync in between changes nothing
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    return in_zip(before)


def _empty(library: Library) -> None:
    """Another desk: no articles, no files."""
    with unit_of_work():
        begin_writing()
        for table in reversed(Model.metadata.sorted_tables):
            if table.name.startswith(("article", "content_")):
                db.session.execute(table.delete())
    shutil.rmtree(library.root.parent)
    library.root.mkdir(parents=True)
