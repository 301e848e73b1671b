"""The release notes of this installation, ready to be shown: read and rendered once by each process."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from app.core.markdown import Profile, render, trusted
from app.core.settings import ROOT
from app.portal.releases.release import Release, releases_in

CHANGELOG = ROOT / "CHANGELOG.md"


@dataclass(frozen=True)
class Note:
    """A release with its text as HTML."""

    release: Release
    html: Markup

    @property
    def title(self) -> str:
        """What people read above it."""
        return self.release.name if self.release.on else "Not released yet"


@lru_cache(4)
def notes(file: Path = CHANGELOG) -> Sequence[Note]:
    """All releases, as they stand in the file; none if there is no file."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    return tuple(Note(each, _html(each)) for each in releases_in(text))


def _html(release: Release) -> Markup:
    """Its text, with ids of headings that are different in every release."""
    html = str(render(release.text, profile=Profile.DOCUMENT, link=lambda target: target).html)
    for before in (' id="h-', ' href="#h-'):
        html = html.replace(before, before.replace("h-", f"{release.anchor}-"))
    return trusted(html)
