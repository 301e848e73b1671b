"""Writing a page of another system as a text of ours: our keys first, all of theirs kept."""

from collections.abc import Mapping
from datetime import tzinfo

from app.articles.article import Status
from app.articles.exchange.page import Front, Page
from app.articles.exchange.plan import Wishes
from app.articles.files.fault import Faulty
from app.articles.files.fields import KNOWN, Fields, read_fields
from app.articles.files.folder import Folder
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Value

_SETTLED = ("slug", "aliases")
"""What a text of ours does not say last: somebody here may have it already."""
_THEIRS = "source_"
"""Before a key that means something else to us than to the source."""


def written(
    page: Page,
    id: str,
    folder: Folder,
    *,
    wishes: Wishes,
    zone: tzinfo,
    text: Manuscript | None = None,
) -> tuple[Manuscript, Fields]:
    """The text of the article's file, and its fields; `text` if it is merged already."""
    manuscript = text or _manuscript(page, id, wishes)
    for _ in range(len(KNOWN)):
        try:
            fields, _warnings = read_fields(manuscript, folder, path=page.target, zone=zone)
            return manuscript, fields
        except Faulty as fault:
            manuscript = _without(manuscript, fault, page)
    raise AssertionError("A text without keys of ours can always be read.")


def original_of(page: Page) -> Manuscript | None:
    """The text as it came; None if it cannot be a revision, whose front matter must be readable."""
    try:
        manuscript = Manuscript.of(page.original)
        _ = manuscript.front
    except Faulty:
        return None
    return manuscript


def _manuscript(page: Page, id: str, wishes: Wishes) -> Manuscript:
    if page.is_own:
        own = Manuscript.of(page.original)
        own = own.saying(page.body) if page.body != own.body else own
        settled: Front = {"id": id, **{key: page.front.get(key) for key in _SETTLED}}
        others = {key: each for key, each in settled.items() if own.front.get(key) != each}
        return own.setting(others) if others else own
    front: Front = {"id": id, **page.front}
    if not front.get("status"):
        front["status"] = (wishes.status or Status.PUBLISHED).value
    if wishes.visibility and not front.get("visibility"):
        front["visibility"] = wishes.visibility.value
    if page.head is None:
        every = {**front, **_renamed(page.kept)}
        start = Manuscript("", "", "", page.body)
        return start.setting({key: value for key, value in every.items() if value is not None})
    said = page.head.front
    theirs = {key: said[key] for key in page.kept if key in KNOWN and key in said}
    changes: Front = {**dict.fromkeys(theirs), **_renamed(theirs)}
    changes |= {key: value for key, value in front.items() if _differs(said.get(key), value)}
    made = page.head.setting(changes)
    return made.saying(page.body) if made.opening else Manuscript("", "", "", page.body)


def _renamed(kept: Mapping[str, Value | int | None]) -> Front:
    return {f"{_THEIRS}{key}" if key in KNOWN else key: value for key, value in kept.items()}


def _differs(said: object, value: object) -> bool:
    return said != (str(value) if isinstance(value, int) else value)


def _without(manuscript: Manuscript, fault: Faulty, page: Page) -> Manuscript:
    """Without the keys that cannot be what they are to us; their values stay under another name."""
    changes: Front = {}
    for each in fault.faults:
        key = each.message.split('"')[1] if each.message.startswith('"') else ""
        if each.is_error and key in manuscript.front:
            changes |= {key: None, f"{_THEIRS}{key}": manuscript.front[key]}
            page.note("W302", f"{each.message} It is kept as {_THEIRS}{key}.")
    if not changes:
        raise fault
    return manuscript.setting(changes)
