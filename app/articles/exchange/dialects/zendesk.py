"""Zendesk Guide: articles, sections and categories as its API gives them, in one JSON file or many.

Source: developer.zendesk.com, "Help Center API": Articles, Sections, Categories, Translations, Article
attachments.  Bodies are HTML.
"""

import json
import posixpath
import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from app.articles.article import LAST
from app.articles.exchange.converting import markdown_of
from app.articles.exchange.dialects.texts import take_assets
from app.articles.exchange.page import Page, Shelf, Understood
from app.articles.exchange.source.source import Source
from app.articles.languages import language_of, site_language, unless_ours
from app.core.slugs import slug

_KINDS = {
    "articles": "article",
    "sections": "section",
    "categories": "category",
    "translations": "translation",
    "article_attachments": "attachment",
}
_ADDRESS = re.compile(
    r"(?:https?://[^/\"'\s]+)?/hc/(?:[\w-]+/)?(?P<kind>articles|article_attachments)/(?:token/)?(?P<id>\d+)[^\s\"'<>#)]*"
)


def is_zendesk(source: Source) -> bool:
    """Whether there is JSON in it that speaks of articles with HTML bodies."""
    return any(True for kind, each, _ in _things(source) if kind == "article" and "body" in each)


def understand(source: Source, *, zone: tzinfo) -> Understood:
    """Its articles, each language on its own, in sections of categories."""
    made = Understood("zendesk")
    things: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in _KINDS.values()}
    where: dict[str, str] = {}
    for kind, each, path in _things(source):
        key = str(each.get("id")) + (f"/{each.get('locale')}" if kind == "article" else "")
        things[kind][key] = each
        where[f"{kind}/{key}"] = path
    shelves = _shelves(things)
    made.shelves += shelves.values()
    for key, article in things["article"].items():
        page = _page(article, f"{where[f'article/{key}']}#{key}", shelves)
        made.pages.append(page)
        made.urls_of.setdefault(f"articles/{article.get('id')}", page.source)
    for path, each in _translations(things, where):
        page = _page(each, path, shelves)
        page.front["aliases"] = None
        made.pages.append(page)
    take_assets(source, made)
    for attachment in things["attachment"].values():
        name = str(attachment.get("file_name") or "")
        found = next((p for p in made.assets if posixpath.basename(p) == name), None)
        if found:
            made.urls_of[f"article_attachments/{attachment.get('id')}"] = found
    return made


def _things(source: Source) -> Iterator[tuple[str, dict[str, Any], str]]:
    """All objects of the JSON files: what kind, the object, the path of its file."""
    for path, data in source.files.items():
        if path.lower().endswith((".json", ".jsonl", ".ndjson")):
            for value in _values(data):
                yield from ((kind, each, path) for kind, each in _walk(value, path))


def _values(data: bytes) -> Iterator[Any]:
    text = data.decode("utf-8-sig", errors="replace")
    try:
        yield json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        for line in text.splitlines():
            if line.startswith("{"):
                try:
                    yield json.loads(line)
                except (json.JSONDecodeError, RecursionError):
                    return


def _walk(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, list):
        for each in value:
            yield from _walk(each, path)
        return
    if not isinstance(value, dict):
        return
    listed = False
    for plural, kind in _KINDS.items():
        for key in (plural, kind):
            inside = value.get(key)
            for each in inside if isinstance(inside, list) else [inside]:
                if isinstance(each, dict) and "id" in each:
                    listed = True
                    yield kind, each
                    yield from _walk({k: v for k, v in each.items() if k in _KINDS}, path)
    if not listed and "id" in value:
        if "body" in value and "title" in value and "section_id" in value:
            yield "article", value
        elif "category_id" in value and "name" in value:
            yield "section", value
        elif "name" in value and "/categories" in str(value.get("url", path)):
            yield "category", value


def _shelves(things: dict[str, dict[str, dict[str, Any]]]) -> dict[str, Shelf]:
    """Sections by their ids; a section stands in its category, or in the section above it."""
    found: dict[str, Shelf] = {}
    for kind in ("category", "section"):
        for each in things[kind].values():
            found[f"{kind}/{each['id']}"] = Shelf(
                _path(each, things),
                str(each.get("name") or ""),
                str(each.get("description") or ""),
                _position(each),
            )
    return found


def _path(each: dict[str, Any], things: dict[str, dict[str, dict[str, Any]]]) -> str:
    parts: list[str] = []
    at: dict[str, Any] | None = each
    while at is not None and len(parts) < 8:
        parts.insert(0, slug(str(at.get("name") or at["id"])))
        above, kind_above = at.get("parent_section_id"), "section"
        if not above:
            above, kind_above = at.get("category_id"), "category"
        at = things[kind_above].get(str(above)) if above else None
    return "/".join(parts)


def _page(article: dict[str, Any], source: str, shelves: dict[str, Shelf]) -> Page:
    html = str(article.get("body") or "")
    title = str(article.get("title") or article.get("name") or article["id"]).strip()
    body = _ADDRESS.sub(lambda found: f"/{found['kind']}/{found['id']}", html)
    converted = markdown_of(body)
    shelf = shelves.get(f"section/{article.get('section_id')}")
    lang = unless_ours(_lang(article))
    folder = posixpath.join(lang or "", shelf.path if shelf else "")
    page = Page(
        source, posixpath.join(folder, f"{slug(title)}.md"), html, converted.text, title=title
    )
    page.group = str(article.get("source_id") or article["id"])
    page.front = {
        "title": title[:200],
        "lang": lang,
        "status": "draft" if article.get("draft") else "published",
        "visibility": _visibility(article),
        "order": _position(article),
        "tags": [str(each) for each in article.get("label_names") or []][:10] or None,
        "aliases": [f"articles/{article['id']}"],
    }
    for said, offset in converted.odd:
        page.note("W308", said, at=offset)
    return page


def _translations(
    things: dict[str, dict[str, dict[str, Any]]], where: dict[str, str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Articles in languages in which they are not there themselves; each once, with its place."""
    about: dict[str, dict[str, Any]] = {}
    for article in things["article"].values():
        about.setdefault(str(article.get("id")), article)
    there = {(str(each.get("id")), _lang(each)) for each in things["article"].values()}
    for key, each in things["translation"].items():
        id = str(each.get("source_id"))
        is_ours = id in about and str(each.get("source_type") or "article").lower() == "article"
        if is_ours and (id, _lang(each)) not in there:
            there.add((id, _lang(each)))
            own = about[id]["id"]
            path = f"{where[f'translation/{key}']}#translation-{key}"
            yield path, {**about[id], **each, "id": own, "source_id": own}


def _lang(thing: dict[str, Any]) -> str:
    """The language of an article; Zendesk calls plain English "en-us"."""
    said = str(thing.get("locale") or "").replace("_", "-")
    lang = language_of("en" if said.lower() == "en-us" else said)
    return site_language() if lang.lower() == site_language().lower() else lang


def _visibility(article: dict[str, Any]) -> str | None:
    """A user segment keeps the public out: who it is, Zendesk alone knows.  Fails closed."""
    if article.get("user_segment_id") or article.get("user_segment_ids"):
        return "agents"
    return None


def _position(each: dict[str, Any]) -> int | None:
    position = each.get("position")
    return position if isinstance(position, int) and 0 < position < LAST else None
