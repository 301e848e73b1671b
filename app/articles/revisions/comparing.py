"""Comparing two texts of an article: what is said about it key by key, and the text line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.articles.files.fault import Faulty
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Value
from app.articles.history import number_of
from app.articles.revision import Revision
from app.core.line_changes import LineChanges, line_changes
from app.core.word_changes import Kind, Part, word_changes

MOST_STEPS = 20_000
"""What comparing the two values of a key may cost (`core/comparing.py`)."""

LABELS = {
    "id": "Id",
    "title": "Title",
    "slug": "Address",
    "summary": "Summary",
    "lang": "Language",
    "translation_of": "Translation of",
    "category": "Section",
    "tags": "Tags",
    "status": "Status",
    "publish_at": "Shown from",
    "expires_at": "Shown until",
    "visibility": "Who may read it",
    "owner": "Looked after by",
    "review_every": "Looked at every",
    "aliases": "Old addresses",
    "related": "Related",
    "synonyms": "Also found as",
    "faq": "Questions and answers",
    "sources": "Made from",
    "order": "Place in the section",
}
VALUES = {
    "visibility": {"public": "Everybody", "signed_in": "Whoever is signed in", "agents": "Agents"},
    "status": {
        "draft": "Draft",
        "review": "In review",
        "published": "Published",
        "archived": "Archived",
    },
}


@dataclass(frozen=True)
class Side:
    """One of two texts, under the name that stands for it in addresses; `words` name it to people."""

    name: str
    words: str
    manuscript: Manuscript
    revision: Revision | None = None
    number: int | None = None

    @property
    def by(self) -> str:
        """Whose text it is, in words."""
        return self.revision.by if self.revision else ""


@dataclass(frozen=True)
class SettingChange:
    """A key that is said otherwise: both values in words, with what differs in them."""

    label: str
    before: Sequence[Part]
    after: Sequence[Part]


@dataclass(frozen=True)
class Comparison:
    """What differs; `head_only_looks` when the same settings are written otherwise."""

    old: Side
    new: Side
    settings: Sequence[SettingChange]
    lines: LineChanges
    head_only_looks: bool

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return self.old.manuscript.text == self.new.manuscript.text


def side_of(revision: Revision) -> Side:
    """A revision as one of two sides."""
    number = number_of(revision)
    return Side(str(revision.id), f"version {number}", revision.manuscript, revision, number)


def compare(old: Side, new: Side, *, by_word: bool) -> Comparison:
    """Compare two texts.  What it costs is bounded, whatever the texts are."""
    before, after = old.manuscript, new.manuscript
    settings = _setting_changes(_front(before), _front(after))
    return Comparison(
        old=old,
        new=new,
        settings=settings,
        lines=line_changes(
            before.body, after.body, by_word=by_word, first_line=(before.body_line, after.body_line)
        ),
        head_only_looks=not settings and before.head != after.head,
    )


def _setting_changes(before: dict[str, Value], after: dict[str, Value]) -> list[SettingChange]:
    known = [key for key in LABELS if key in before or key in after]
    others = [key for key in dict.fromkeys([*before, *after]) if key not in LABELS]
    return [
        _change(key, before.get(key), after.get(key))
        for key in [*known, *others]
        if before.get(key) != after.get(key)
    ]


def _change(key: str, old: Value | None, new: Value | None) -> SettingChange:
    parts = word_changes(_in_words(key, old), _in_words(key, new), most_steps=MOST_STEPS)
    return SettingChange(
        label=LABELS.get(key, key),
        before=[each for each in parts if each.kind is not Kind.NEW],
        after=[each for each in parts if each.kind is not Kind.GONE],
    )


def _in_words(key: str, value: Value | None) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    said = "" if value is None else str(value)
    return VALUES.get(key, {}).get(said, said)


def _front(manuscript: Manuscript) -> dict[str, Value]:
    """What is said in front of the text; nothing where it cannot be read, as in a file with a fault."""
    try:
        return manuscript.front
    except Faulty:
        return {}
