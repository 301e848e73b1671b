"""What goes into the index, and what comes back to a page."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from app.core.web.pages import Page

Thing = tuple[str, str]
"""What a document is about: the kind of its source and its id there."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One text of a thing, as one set of audiences may read it.

    A thing may have several documents.  `not_for` are audiences for which another of them is meant,
    although they belong to `audiences` too.
    """

    kind: str
    ref: str
    title: str
    body: str
    audiences: frozenset[str]
    not_for: frozenset[str] = frozenset()
    updated_at: datetime

    @property
    def thing(self) -> Thing:
        """What it is about."""
        return self.kind, self.ref


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A found thing as its room shows it to the viewer, read from the database.

    `text` is where the words were found, or its beginning.  `status` is the room's own code for how
    it stands, and may be empty; `facts` are a few words each.
    """

    ref: str
    title: str
    url: str
    text: str
    status: str
    facts: tuple[str, ...]
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One result: title and snippet are escaped, with the words that were looked for marked."""

    kind: str
    ref: str
    url: str
    title: Markup
    snippet: Markup
    status: str
    facts: tuple[str, ...]
    updated_at: datetime


@dataclass(frozen=True)
class Findings(Page[Hit]):
    """A page of results; `after` is the number of the next page.

    `loosened`: few things hold all the words, so these hold some of them.  `without_index`: only
    titles were looked through, the newest first.
    """

    loosened: bool = False
    without_index: bool = False
