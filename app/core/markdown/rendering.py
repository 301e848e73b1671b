"""Render Markdown: guard, parse, shape, sanitise."""

import html
import string
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from markdown.extensions.toc import slugify_unicode
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markupsafe import Markup, escape

from app.core.markdown import fences, headings, highlighting, lists, panels, raw_html, structure
from app.core.markdown.guard import guard, reveal, reveal_in_html
from app.core.markdown.profile import Profile
from app.core.markdown.sanitising import sanitise

RENDERER_VERSION = 4
"""Goes up whenever the same text gives other HTML, so that what was stored is rendered again."""

_BOTH: list[str] = [
    "tables",
    "sane_lists",
    "pymdownx.superfences",
    "pymdownx.tilde",
    "pymdownx.mark",
    "pymdownx.magiclink",
    "pymdownx.blocks.admonition",
    "pymdownx.blocks.details",
    "pymdownx.blocks.tab",
]
_EXTENSIONS = {
    Profile.DOCUMENT: [*_BOTH, "footnotes", "toc", "abbr", "def_list"],
    Profile.COMMENT: [*_BOTH, "nl2br"],
}
_FENCE = {
    "name": "*",
    "class": "code",
    "format": highlighting.figure,
    "validator": highlighting.accept,
}
_SETTINGS: dict[str, dict[str, Any]] = {
    "tables": {"use_align_attribute": True},
    "toc": {"marker": "", "slugify": lambda text, sep: f"h-{slugify_unicode(text, sep)}"},
    "footnotes": {"BACKLINK_TITLE": "Back to the text"},
    "pymdownx.superfences": {
        "custom_fences": [_FENCE],
        "relaxed_headers": True,
        "preserve_tabs": True,
    },
    "pymdownx.tilde": {"subscript": False},
    "pymdownx.blocks.tab": {"alternate_style": True},
    "pymdownx.blocks.admonition": {"types": list(structure.TONES)},
}
_parsers = threading.local()


@dataclass(frozen=True)
class Heading:
    """A heading of a document, for its table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """The HTML, ready for a page, and the headings in it (documents only)."""

    html: Markup
    headings: tuple[Heading, ...] = ()


def render(
    text: str,
    *,
    profile: Profile,
    link: Callable[[str], str | None] | None = None,
    picture: Callable[[str], str | None] | None = None,
) -> Rendered:
    """Markdown to sanitised HTML.

    `link` is asked for the address of every link except those inside the page; it gives the address
    to use, or None for a link that leads nowhere.  `picture` is asked the same for the source of
    every picture; only addresses of this desk stay.  Neither may raise.  A text over the profile's
    limit, or nested deeper than anybody writes, is shown whole but without its Markdown.
    """
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > profile.longest:
        return Rendered(_plain(text))
    is_far = structure.is_elsewhere if picture else structure.is_not_ours
    parser = _parser(profile, is_far)
    try:
        dirty = parser.reset().convert(guard(text))
    except RecursionError:
        _parsers.__dict__.clear()
        return Rendered(_plain(text))
    clean = sanitise(dirty, profile=profile, link=link, picture=picture)
    headings = tuple(_headings(getattr(parser, "toc_tokens", [])))
    return Rendered(trusted(reveal_in_html(clean)), headings)


def trusted(stored: str) -> Markup:
    """HTML that `render` made and a table kept.  Never to be given anything else."""
    return Markup(stored)  # noqa: S704


def _plain(text: str) -> Markup:
    paragraphs = (escape(part.strip("\n")) for part in text.split("\n\n") if part.strip())
    return Markup("\n").join(
        Markup("<p>{}</p>").format(part.replace("\n", Markup("<br>\n"))) for part in paragraphs
    )


def _parser(profile: Profile, is_far: Callable[[str], bool]) -> Markdown:
    """A parser is slow to make and not safe for threads: each thread keeps one a profile."""
    name = f"{profile.name} {is_far.__name__}"
    found: Markdown | None = getattr(_parsers, name, None)
    if found is None:
        found = _make_parser(profile, is_far)
        setattr(_parsers, name, found)
    return found


def _make_parser(profile: Profile, is_far: Callable[[str], bool]) -> Markdown:
    extensions = _EXTENSIONS[profile]
    settings = {name: _SETTINGS[name] for name in extensions if name in _SETTINGS}
    md = Markdown(extensions=extensions, extension_configs=settings)
    for part in (fences, lists, headings, raw_html):
        part.install(md)
    md.ESCAPED_CHARS = list(string.punctuation)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n *", "br"), "hard_break", 185)
    add = md.treeprocessors.register
    add(structure.TaskProcessor(md), "tasks", 26)
    add(structure.QuoteCalloutProcessor(md), "quote_callouts", 25)
    add(structure.HeadingProcessor(md, profile.top_heading), "heading_levels", 10)
    add(panels.PanelProcessor(md), "panels", 5)
    add(structure.FurnitureProcessor(md, is_far), "furniture", 3)
    if profile is Profile.DOCUMENT:
        add(structure.OwnIdProcessor(md), "own_ids", 9)
        add(structure.AnchorProcessor(md), "anchors", 4)
    else:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
    return md


def _headings(tokens: Iterable[dict[str, Any]]) -> Iterable[Heading]:
    for token in tokens:
        yield Heading(token["level"], token["id"], reveal(html.unescape(token["name"])))
        yield from _headings(token["children"])
