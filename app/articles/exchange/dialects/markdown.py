"""Plain Markdown and HTML files, and our own exports, which stay as they are to the byte."""

import posixpath
import re
from datetime import tzinfo

from app.articles.exchange.converting import markdown_of
from app.articles.exchange.dialects.keys import take_keys
from app.articles.exchange.dialects.texts import is_text, page_of, take_assets, text_of
from app.articles.exchange.front_matter import Opened, open_text
from app.articles.exchange.page import Page, Shelf, Understood
from app.articles.exchange.placing import front_id
from app.articles.exchange.source.source import Source
from app.articles.files.fields import KNOWN
from app.articles.files.source_file import FOLDER_FILE

_OWN = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[^\n]*\n)*?id:[ \t]*[\"']?kb_[a-z2-7]{10}\b"
)
_PAGES = (".html", ".htm")


def is_ours(source: Source) -> bool:
    """Whether it is an export of ours, or the folder of another desk."""
    names = {path.rpartition("/")[2] for path in source.files}
    return FOLDER_FILE in names or any(
        is_text(path) and _OWN.match(data) for path, data in source.files.items()
    )


def understand(source: Source, *, zone: tzinfo) -> Understood:
    """Its pages, sections and pictures."""
    made = Understood("markdown")
    root = _root(source)
    for path in sorted(source.files):
        if not path.startswith(root):
            continue
        bare = path.removeprefix(root)
        folder, name = posixpath.split(bare)
        if name == FOLDER_FILE:
            made.shelves.append(Shelf(folder, own=source.files[path]))
        elif is_text(path):
            page = page_of(source, path, target=f"{posixpath.splitext(bare)[0]}.md")
            if page:
                made.pages.append(_taken(page, zone))
        elif path.lower().endswith(_PAGES) and (text := text_of(source, path)) is not None:
            made.pages.append(_from_html(path, f"{posixpath.splitext(bare)[0]}.md", text))
    take_assets(
        source, made, strip=(*((root.replace("articles/", "assets/"),) if root else ()), "assets/")
    )
    return made


def _root(source: Source) -> str:
    """Where our own layout has its articles; a plain folder has them everywhere."""
    for root in ("content/articles/", "articles/"):
        if any(path.startswith(root) for path in source.files) and is_ours(source):
            return root
    return ""


def _taken(page: Page, zone: tzinfo) -> Page:
    opened = open_text(page.original)
    if front_id(opened.front) and opened.head:
        page.is_own = True
        page.front = {key: value for key, value in opened.front.items() if key in KNOWN}
        page.head, page.body = opened.head, opened.body
        return page
    take_keys(page, opened, zone=zone)
    _keep_ours(page, opened)
    return page


def _keep_ours(page: Page, opened: Opened) -> None:
    """Keys that are ours already mean what they say."""
    for key in (KNOWN - {"id", "slug"}) & set(opened.front):
        page.front.setdefault(key, opened.front[key])
    page.kept = {key: value for key, value in page.kept.items() if key not in page.front}
    page.faults = [
        each
        for each in page.faults
        if each.code != "W302" or each.message.split('"')[1] in page.kept
    ]


def _from_html(path: str, target: str, text: str) -> Page:
    converted = markdown_of(text)
    page = Page(path, target, text, converted.text, title=converted.title)
    page.front = {"title": converted.title[:200]} if converted.title else {}
    for said, offset in converted.odd:
        page.note("W308", said, at=offset)
    return page
