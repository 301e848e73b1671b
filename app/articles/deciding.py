"""What is to be done about one article: the decision table of CONTENT_SYNC.md, section 4.  Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Move(StrEnum):
    """What the sync does with an article and its file."""

    KEEP = "keep"
    """Nothing."""
    TAKE = "take"
    """The text of the file becomes the live one, if it is not that already."""
    GIVE = "give"
    """The live text is written to the file."""
    MERGE = "merge"
    """Both have changed: what comes of the two becomes the live text and is written to the file."""
    REVIVE = "revive"
    """The text of the file becomes a new draft, for the article was deleted for good."""
    ARCHIVE = "archive"
    """The article goes into the trash: its file is gone."""
    REMOVE = "remove"
    """The file goes: its article is in the trash, or deleted for good."""


class Mode(StrEnum):
    """Who may change what."""

    OFF = "off"
    IMPORT = "import"
    TWO_WAY = "two-way"


@dataclass(frozen=True)
class Standing:
    """The texts of an article, each by what it is known by; None: there is none.

    `base` is the text in which file and article were level last.
    """

    base: str | None
    file: str | None
    live: str | None
    tracked: bool = False
    """Whether a file was ever level with it."""
    missing: bool = False
    """Whether it is known that the file is gone."""
    in_trash: bool = False
    tombstone: str | None = None


def decide(standing: Standing, mode: Mode = Mode.TWO_WAY) -> Move:
    """The move.  In mode import, where files win, nothing is written to them."""
    move = _without_article(standing) if standing.live is None else _with_article(standing)
    if mode is not Mode.IMPORT:
        return move
    match move:
        case Move.GIVE:
            known_gone = not standing.tracked or standing.missing
            return Move.TAKE if standing.file else Move.KEEP if known_gone else Move.ARCHIVE
        case Move.MERGE | Move.REMOVE:
            return Move.TAKE if standing.live else Move.KEEP
        case Move.REVIVE:
            return Move.TAKE
    return move


def _without_article(at: Standing) -> Move:
    if at.file is None:
        return Move.KEEP
    if at.tombstone is None:
        return Move.TAKE
    return Move.REMOVE if at.file == at.tombstone else Move.REVIVE


def _with_article(at: Standing) -> Move:
    if at.file is None:
        return _without_file(at)
    if at.in_trash and not at.missing and at.file in (at.base, at.live):
        return Move.REMOVE
    if at.live in (at.base, at.file) or (at.tracked and at.base is None):
        return Move.KEEP if at.file == at.base and not at.in_trash else Move.TAKE
    return Move.GIVE if at.file == at.base else Move.MERGE


def _without_file(at: Standing) -> Move:
    if at.tracked and not at.missing and (at.in_trash or at.live == at.base):
        return Move.ARCHIVE
    return Move.KEEP if at.in_trash else Move.GIVE
