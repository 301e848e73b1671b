"""What all dialects of Markdown files do alike: which files are pages, pictures, or neither."""

import posixpath
from collections.abc import Iterable

from app.articles.exchange.page import Page, Understood
from app.articles.exchange.source.source import Source
from app.articles.files.source_file import LARGEST_BYTES, normalised

TEXTS = (".md", ".markdown", ".mdx", ".mdown")
ASSETS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".pdf")


def text_of(source: Source, path: str) -> str | None:
    """The text of a file; None, with a note, for one that is none and stays in quarantine."""
    data = source.files[path]
    try:
        text = normalised(data)
    except UnicodeDecodeError as fault:
        source.note(
            path, "E301", f"It is not UTF-8: byte {data[fault.start]:#04x} at {fault.start}."
        )
        return None
    if "\0" in text or len(data) > LARGEST_BYTES:
        source.note(
            path, "E301", "It has a NUL character." if "\0" in text else "It is larger than 1 MiB."
        )
        return None
    return text


def page_of(source: Source, path: str, *, target: str) -> Page | None:
    """A page without its keys yet."""
    text = text_of(source, path)
    return None if text is None else Page(path, target, text, text)


def take_assets(source: Source, made: Understood, *, strip: Iterable[str] = ()) -> None:
    """Every picture, to lie where it lay, without the first folder if that is named."""
    for path in source.files:
        if path.lower().endswith(ASSETS):
            bare = next((path.removeprefix(each) for each in strip if path.startswith(each)), path)
            made.assets[path] = posixpath.normpath(bare)


def is_text(path: str) -> bool:
    """Whether it is called as Markdown files are."""
    return path.lower().endswith(TEXTS) and not posixpath.basename(path).startswith(".")
