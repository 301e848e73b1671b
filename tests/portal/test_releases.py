"""Release notes: read from the changelog, shown version by version, as a page and as a feed."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from flask import Flask

from app.portal.releases.notes import notes
from app.portal.releases.release import releases_in
from tests.support.client import FreshClient

CHANGELOG = """# Changelog

All of it.

## [Unreleased]

## [1.2.0] - 2026-11-20

### Added
- **One** thing
  on two lines.

### Fixed
- Another.

## 1.1.0 – 2026-02-30
- No such day.

## 1.0.0

[1.2.0]: https://example.com/compare
"""


def test_versions_are_read_with_their_dates() -> None:
    found = list(releases_in(CHANGELOG))
    assert [(each.name, each.on, each.anchor) for each in found] == [
        ("1.2.0", date(2026, 11, 20), "v-1-2-0"),
        ("1.1.0", None, "v-1-1-0"),
    ]
    assert found[0].text.startswith("### Added") and found[0].text.endswith("- Another.")


def test_each_version_has_ids_of_its_own(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "CHANGELOG.md"
    file.write_text("## 2.0 - 2026-01-02\n### Added\n- B\n\n## 1.0 - 2026-01-01\n### Added\n- A\n")
    second, first = notes(file)
    assert 'id="v-2-0-added"' in second.html and 'href="#v-2-0-added"' in second.html
    assert 'id="v-1-0-added"' in first.html
    assert second.title == "2.0"


def test_without_a_changelog_there_is_nothing(app: Flask, tmp_path: Path) -> None:
    assert notes(tmp_path / "nowhere.md") == ()


def test_the_page_shows_what_this_version_brings(client: FreshClient) -> None:
    page = client.get("/changelog")
    assert "<h1>What is new</h1>" in page.text
    assert 'id="v-unreleased"' in page.text and "Not released yet" in page.text
    assert 'href="/changelog.atom"' in page.text


def test_the_feed_holds_what_is_out(client: FreshClient) -> None:
    answer = client.get("/changelog.atom")
    feed = ElementTree.fromstring(answer.data)
    out = [each for each in notes() if each.release.on]
    assert len(list(feed.iter("{http://www.w3.org/2005/Atom}entry"))) == len(out)
    assert answer.mimetype == "application/atom+xml"
