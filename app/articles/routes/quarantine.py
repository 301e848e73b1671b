"""Files that could not be used, or were removed: looking at them, putting them back."""

from flask import Response

from app.articles import quarantining
from app.articles.syncing import root_of
from app.core.settings import settings
from app.core.web.responses import moved_to, page, say


def list_quarantine() -> Response:
    """What is kept."""
    return page("articles/quarantine.html", rows=quarantining.kept())


def show_quarantined(sha: str) -> Response:
    """One of them as text."""
    file = quarantining.quarantined(sha)
    text = file.data.decode(errors="replace")
    return page("articles/quarantined.html", file=file, text=text)


def restore_quarantined(sha: str) -> Response:
    """Put a file back where it was, or beside the one that is there now."""
    path = quarantining.put_back(quarantining.quarantined(sha), root_of(settings()))
    say(f"Put back as {path}. The next sync looks at it.")
    return moved_to("content.list_quarantine")
