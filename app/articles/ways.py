"""What a sync may do, as the settings and the folder say."""

import os

from app.articles.deciding import Mode
from app.articles.planning import Ways
from app.core.settings import Settings


def mode_of(known: Settings) -> Mode:
    """The mode that was set; if none was, two-way where the folder can be written, else import."""
    if known.content_mode:
        return Mode(known.content_mode)
    return Mode.TWO_WAY if is_writable(known) else Mode.IMPORT


def ways_of(known: Settings, *, direction: str = "both", only: str = "") -> Ways:
    """What a sync in this direction (both, in or out) may do."""
    return Ways(
        mode=mode_of(known),
        to_files=direction in ("both", "out"),
        to_app=direction in ("both", "in"),
        writable=is_writable(known),
        only=only,
    )


def is_writable(known: Settings) -> bool:
    """Whether files can be made in the folder."""
    return os.access(known.content / "articles", os.W_OK | os.X_OK)
