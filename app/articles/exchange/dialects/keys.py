"""Keys of other systems' front matter, as ours; what has no equal is kept as it stands."""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo

from app.articles.exchange.front_matter import Opened
from app.articles.exchange.page import Front, Page
from app.articles.files.fields import LONGEST_SUMMARY
from app.articles.files.mapping import Value
from app.core.slugs import slug

_TRUE = ("true", "yes", "on")
_SAME = {
    "summary": ("summary", "description", "excerpt", "subtitle", "descriptions"),
    "lang": ("lang", "language", "locale"),
    "publish_at": ("publish_at", "publishDate", "date", "created_at"),
    "expires_at": ("expires_at", "expiryDate", "unpublishdate"),
    "order": ("order", "weight", "nav_order", "sidebar_position", "position"),
    "aliases": ("aliases", "alias", "redirect_from"),
}
_ADDRESSES = ("permalink", "url")


def take_keys(page: Page, opened: Opened, *, zone: tzinfo) -> None:
    """Give a page the keys that its front matter says.  Times without an offset are of the zone."""
    front = dict(opened.front)
    page.head, page.body = opened.head, opened.body
    page.title = _text(front.get("title")) or _text(front.get("linkTitle"))
    for code, said, line in opened.faults:
        page.note(code, said, at=_offset(page.original, line))
    made = _mapped(front, page, zone)
    page.front |= made
    for key in set(front) & {"draft", "published"}:
        page.front[key] = None
    page.kept = {key: value for key, value in front.items() if key not in page.front}
    for key in page.kept:
        if key not in _UNREMARKABLE:
            page.note(
                "W302", f'The key "{key}" means nothing here; it is kept.', at=_key(page, key)
            )


def _mapped(front: Mapping[str, Value], page: Page, zone: tzinfo) -> Front:
    made: Front = {}
    if page.title:
        made["title"] = page.title
    for ours, theirs in _SAME.items():
        for key in theirs:
            value = front.get(key)
            if value in (None, "", []):
                continue
            typed = _typed(ours, value, page, zone)
            if typed is not None and ours not in made:
                made |= {key: None} if key != ours else {}
                made[ours] = typed
    if "order" not in made and (weight := _weight_in_menu(front.get("menu"))) is not None:
        made["order"] = weight
    if "slug" in front:
        made["slug"] = slug(_text(front["slug"]))
    if tags := _texts(front.get("tags")):
        made["tags"] = tags[:10]
        if len(tags) > 10:
            page.note(
                "W302", "Ten tags are kept of these; an article has no more.", at=_key(page, "tags")
            )
    page.urls += [_text(front[key]) for key in _ADDRESSES if _text(front.get(key))]
    if draft := _text(front.get("draft")).lower():
        made["status"] = "draft" if draft in _TRUE else "published"
    elif _text(front.get("published")).lower() in ("false", "no", "off"):
        made["status"] = "draft"
    return made


def _typed(key: str, value: Value, page: Page, zone: tzinfo) -> Value | int | None:
    match key:
        case "summary":
            said = " ".join(_text(value).split())
            return said if said and len(said) <= LONGEST_SUMMARY else None
        case "lang":
            return (
                said
                if re.fullmatch(
                    r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}", said := _text(value).replace("_", "-")
                )
                else None
            )
        case "publish_at" | "expires_at":
            return _instant(_text(value), zone)
        case "order":
            return (
                int(float(said))
                if re.fullmatch(r"-?\d{1,6}(\.\d+)?", said := _text(value))
                else None
            )
        case "aliases":
            page.urls += _texts(value)
            return list(_texts(value))
    return None


def _instant(said: str, zone: tzinfo) -> str | None:
    """The time in ISO 8601; Jekyll writes a space before the offset."""
    try:
        when = datetime.fromisoformat(re.sub(r"(\d) ([+-]\d\d:?\d\d)$", r"\1\2", said.strip()))
    except ValueError:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=zone)).isoformat()


def _weight_in_menu(menu: Value | None) -> int | None:
    """Hugo's `menu: {docs: {weight: 20}}`."""
    for each in menu.values() if isinstance(menu, dict) else ():
        weight = _text(each.get("weight")) if isinstance(each, dict) else ""
        if re.fullmatch(r"-?\d{1,6}", weight):
            return int(weight)
    return None


def _texts(value: Value | None) -> list[str]:
    if isinstance(value, list):
        return [" ".join(str(each).split()) for each in value if str(each).strip()]
    return (
        [each for each in re.split(r"[,\s]+", value or "") if each]
        if isinstance(value, str)
        else []
    )


def _text(value: Value | None) -> str:
    return value.strip() if isinstance(value, str) else ""


def _key(page: Page, key: str) -> int:
    found = re.search(rf"^[\"']?{re.escape(key)}[\"']?[ \t]*[:=]", page.original, re.MULTILINE)
    return found.start() if found else 0


def _offset(text: str, line: int) -> int:
    return sum(len(each) for each in text.splitlines(keepends=True)[: max(line - 1, 0)])


_UNREMARKABLE = frozenset(
    {"layout", "title", "type", "linkTitle", "slug", "tags", "id", *_ADDRESSES}
)
"""Keys that say how a page looked on its site, or that are told of otherwise."""
