"""BookStack: its portable zip (data.json), and its HTML exports of books, chapters and pages.

Source: BookStack, `dev/docs/portable-zip-file-format.md` (format of 24.12): books hold chapters and pages,
pages hold `html` or `markdown`, images and attachments; files lie in `files/`, and texts refer to
things as `[[bsexport:page:12]]`.
"""

import json
import posixpath
import re
from datetime import tzinfo
from typing import Any

from app.articles.exchange.converting import markdown_of
from app.articles.exchange.dialects.texts import take_assets
from app.articles.exchange.page import Page, Shelf, Understood
from app.articles.exchange.relinking import HELD
from app.articles.exchange.source.source import Source, UnusableSource
from app.core.slugs import slug

DATA = "data.json"
_REFERENCE = re.compile(r"\[\[bsexport:(?P<kind>\w+):(?P<id>\d+)\]\]")
_GENERATOR = re.compile(rb"<meta[^>]+BookStack|id=\"bkmrk-|class=\"page-content\"", re.IGNORECASE)
_SPLIT = re.compile(r"(?=<h1[^>]+id=\"page-\d+\")", re.IGNORECASE)
_PARTS = ("book", "chapter", "page")


def is_bookstack(source: Source) -> bool:
    """Whether it is one of its exports."""
    data = _data(source)
    if data is not None:
        return True
    pages = [data for path, data in source.files.items() if path.lower().endswith(".html")]
    return bool(pages) and all(_GENERATOR.search(each) for each in pages)


def understand(source: Source, *, zone: tzinfo) -> Understood:
    """Its pages; a book is a section, a chapter one in it."""
    made = Understood("bookstack")
    data = _data(source)
    if data is None:
        return _from_html(source, made)
    if "book" in data:
        _book(data["book"], made, source)
    elif "chapter" in data:
        _chapter(data["chapter"], "", made, source)
    else:
        _page(data["page"], "", made, source)
    take_assets(source, made)
    return made


def _data(source: Source) -> dict[str, Any] | None:
    try:
        found = json.loads(source.files.get(DATA, b""))
    except ValueError:
        return None
    return (
        found
        if isinstance(found, dict) and any(isinstance(found.get(each), dict) for each in _PARTS)
        else None
    )


def _book(book: dict[str, Any], made: Understood, source: Source) -> None:
    path = slug(str(book.get("name") or "book"))
    made.shelves.append(_shelf(path, book))
    for chapter in book.get("chapters") or []:
        _chapter(chapter, path, made, source)
    for page in book.get("pages") or []:
        _page(page, path, made, source)


def _chapter(chapter: dict[str, Any], above: str, made: Understood, source: Source) -> None:
    path = posixpath.join(above, slug(str(chapter.get("name") or "chapter")))
    made.shelves.append(_shelf(path, chapter))
    for page in chapter.get("pages") or []:
        _page(page, path, made, source)


def _page(page: dict[str, Any], folder: str, made: Understood, source: Source) -> None:
    title = str(page.get("name") or "Page").strip()
    written = str(page.get("markdown") or "")
    original = written or str(page.get("html") or "")
    name = f"{DATA}#page-{page.get('id') or len(made.pages) + 1}"
    converted = None if written else markdown_of(_held_in_html(original))
    found = Page(name, posixpath.join(folder, f"{slug(title)}.md"), original, written, title=title)
    found.body = _held(written if converted is None else converted.text, found)
    found.front = {
        "title": title[:200],
        "order": page.get("priority") if isinstance(page.get("priority"), int) else None,
        "tags": [_tag(each) for each in page.get("tags") or []][:10] or None,
    }
    for said, offset in converted.odd if converted else ():
        found.note("W308", said, at=offset)
    made.pages.append(found)
    if page.get("id"):
        made.urls_of[f"page/{page['id']}"] = name
    for attachment in page.get("attachments") or []:
        if attachment.get("link"):
            label = attachment.get("name") or attachment["link"]
            found.body += f"\n[{label}]({attachment['link']})\n"
        _name(attachment, "attachment", made, source)
    for image in page.get("images") or []:
        _name(image, "image", made, source)


def _name(each: dict[str, Any], kind: str, made: Understood, source: Source) -> None:
    path = f"files/{each.get('file')}"
    if path in source.files and each.get("id"):
        made.urls_of[f"{kind}/{each['id']}"] = path


def _held_in_html(html: str) -> str:
    """References in a form that HTML and Markdown leave alone."""
    return _REFERENCE.sub(lambda found: f"/{found['kind']}/{found['id']}", html)


def _held(text: str, page: Page) -> str:
    def hold(found: re.Match[str]) -> str:
        key = f"{HELD}{len(page.pending)}:/{found['kind']}/{found['id']}"
        page.pending[key] = found[0]
        return key

    return _REFERENCE.sub(hold, text)


def _shelf(path: str, each: dict[str, Any]) -> Shelf:
    said = re.sub(
        r"<[^>]+>", " ", str(each.get("description_html") or each.get("description") or "")
    )
    order = each.get("priority")
    return Shelf(path, str(each.get("name") or ""), said, order if isinstance(order, int) else None)


def _tag(tag: dict[str, Any]) -> str:
    return ": ".join(str(tag[key]) for key in ("name", "value") if tag.get(key))


def _from_html(source: Source, made: Understood) -> Understood:
    """An exported book is one file with a heading for each page; pictures are inside of it."""
    for path, data in source.files.items():
        if not path.lower().endswith(".html"):
            continue
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise UnusableSource(f"{path} is not UTF-8.") from fault
        whole = markdown_of(text)
        parts = _SPLIT.split(text)[1:] or [text]
        folder = slug(whole.title or posixpath.splitext(path)[0]) if len(parts) > 1 else ""
        if folder:
            made.shelves.append(Shelf(folder, whole.title))
        for number, part in enumerate(parts, start=1):
            converted = markdown_of(part)
            title = converted.title or whole.title or f"Page {number}"
            target = posixpath.join(folder, f"{slug(title)}.md")
            page = Page(f"{path}#{number}", target, part, converted.text, title=title)
            page.front = {"title": title[:200], "order": number}
            for said, offset in converted.odd:
                page.note("W308", said, at=offset)
            made.pages.append(page)
    return made
