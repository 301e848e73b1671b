"""The front matter of an article as a form: what it says, and which keys another filling changes.

Keys that the form does not show, comments and the way things are written stay as they are, for only
keys whose value has changed are set.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from app.articles.article import Status
from app.articles.composing import folder_of
from app.articles.files.fault import Faulty
from app.articles.files.fields import read_fields
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Value
from app.core.errors import InvalidInput
from app.core.settings import settings

Said = dict[str, str]
"""The form as a browser sends it: a text for each key, `folder` for the category, `body` for the text."""

Front = dict[str, Value | int | None]

LOCAL_FORM = "%Y-%m-%dT%H:%M"
"""How a browser writes a time; ours are of the reporting zone."""

TEXTS = (
    "title",
    "slug",
    "summary",
    "lang",
    "translation_of",
    "visibility",
    "status",
    "owner",
    "review_every",
)
TIMES = ("publish_at", "expires_at")
IN_A_LINE = ("tags", "related", "aliases")
"""Lists with commas between their entries."""
BY_LINES = ("synonyms",)
"""Lists with an entry in each line."""
_WHOLE = re.compile(r"[+-]?\d{1,6}", re.ASCII)
YES = "yes"

EMPTY: Said = dict.fromkeys(
    ("body", "folder", "order", "faq", *TEXTS, *TIMES, *IN_A_LINE, *BY_LINES), ""
)


def blank(folder: str) -> Said:
    """The form of a new article in a folder, with the folder's defaults."""
    given = folder_of(f"{folder}/new.md".lstrip("/"))
    return EMPTY | {
        "folder": folder,
        "lang": given.lang,
        "visibility": given.visibility.value,
        "status": Status.DRAFT.value,
    }


def said_in(manuscript: Manuscript, *, path: str) -> Said:
    """The form as a text fills it whose file lies, or would lie, at this path.

    Raises InvalidInput for a text with a front matter that cannot be read.
    """
    try:
        fields, _ = read_fields(manuscript, folder_of(path), path=path, zone=settings().zone)
    except Faulty as fault:
        raise InvalidInput(" ".join(each.sentence for each in fault.faults)) from fault
    front = manuscript.front
    plain = ("summary", "owner", "review_every", "order")
    return EMPTY | {
        **{key: str(front.get(key, "")) for key in plain},
        "title": fields.title,
        "slug": fields.slug,
        "folder": fields.category,
        "lang": fields.lang,
        "translation_of": fields.translation_of or "",
        "visibility": fields.visibility.value,
        "status": fields.status.value,
        "tags": ", ".join(fields.tags),
        "related": ", ".join(fields.related),
        "aliases": ", ".join(fields.aliases),
        "synonyms": "\n".join(fields.synonyms),
        "publish_at": _local(fields.publish_at),
        "expires_at": _local(fields.expires_at),
        "faq": YES if str(front.get("faq", "")).lower() in ("true", "yes", "on") else "",
        "body": manuscript.body,
    }


def filled(manuscript: Manuscript, now: Said, *, path: str) -> Manuscript:
    """The text as the form says it now.  Raises as `said_in`."""
    front = changes(said_in(manuscript, path=path), now, path=path)
    changed = manuscript.setting(front) if front else manuscript
    return changed if now["body"] == manuscript.body else changed.saying(now["body"])


def changes(before: Mapping[str, str], now: Mapping[str, str], *, path: str) -> Front:
    """What the keys are to be that somebody has changed; None for those that go."""
    made = {
        key: _value(key, now[key])
        for key in EMPTY
        if key not in ("body", "folder") and now[key].strip() != before[key].strip()
    }
    if now["folder"] != before["folder"]:
        given = folder_of(path)
        made["category"] = (
            None if now["folder"] == (given.category or given.path) else now["folder"]
        )
    return made


def entries(key: str, said: Mapping[str, str]) -> list[str]:
    """The entries of a list of the form."""
    text = said[key] if key in BY_LINES else said[key].replace("\n", ",").replace(",", "\n")
    return [" ".join(each.split()) for each in text.splitlines() if each.strip()]


def _value(key: str, text: str) -> Value | int | None:
    text = text.strip()
    if not text:
        return None
    if key in (*IN_A_LINE, *BY_LINES):
        return entries(key, {key: text}) or None
    if key in TIMES:
        return _instant(text)
    if key == "faq":
        return True
    if key == "order":
        return int(text) if _WHOLE.fullmatch(text) else text
    return " ".join(text.split())


def _local(at: datetime | None) -> str:
    return at.astimezone(settings().zone).strftime(LOCAL_FORM) if at else ""


def _instant(text: str) -> str:
    """The time with the offset of our zone then; what is no time stays, to be refused with its words."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return text
    at = said if said.tzinfo else said.replace(tzinfo=settings().zone)
    return at.isoformat(timespec="minutes")
