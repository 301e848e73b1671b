"""A Hugo site: `content/`, one folder or one file name ending for each language, shortcodes.

Source: gohugo.io, "Content organization", "Front matter", "Multilingual".
"""

import posixpath
import re
from datetime import tzinfo

from app.articles.exchange.dialects import shortcodes
from app.articles.exchange.dialects.keys import take_keys
from app.articles.exchange.dialects.texts import is_text, page_of, take_assets
from app.articles.exchange.front_matter import open_text
from app.articles.exchange.page import Page, Shelf, Understood
from app.articles.exchange.source.source import Source
from app.articles.languages import site_language, unless_ours

_LANG = re.compile(r"[a-z]{2}(-[a-zA-Z]{2,4})?")
CONFIGS = frozenset(
    f"{name}.{end}"
    for name in ("hugo", "config", "config/_default/hugo", "config/_default/config")
    for end in ("toml", "yaml", "yml", "json")
)
_DEFAULT = re.compile(r"defaultContentLanguage[\"']?\s*[:=]\s*[\"']?([a-zA-Z-]+)")


def understand(source: Source, *, zone: tzinfo) -> Understood:
    """Its pages, sections and pictures."""
    made = Understood("hugo")
    root = "content/" if any(path.startswith("content/") for path in source.files) else ""
    languages, default = _languages(source, root)
    for path in sorted(source.files):
        if is_text(path) and path.startswith(root):
            lang, bare = _apart(path.removeprefix(root), languages)
            target = bare if lang in (None, default) else f"{lang}/{bare}"
            page = page_of(source, path, target=_target(target))
            if page:
                _take(page, made, bare, lang or default, zone)
    take_assets(source, made, strip=("static/", "assets/", root))
    return made


def _take(page: Page, made: Understood, bare: str, lang: str, zone: tzinfo) -> None:
    page.group = bare
    take_keys(page, open_text(page.original), zone=zone)
    if named := unless_ours(lang):
        page.front.setdefault("lang", named)
    page.urls.append(posixpath.splitext(bare)[0].removesuffix("/index").removesuffix("_index"))
    folder = posixpath.dirname(page.target)
    if posixpath.basename(bare).lower() == "_index.md":
        order = page.front.get("order")
        shelf = Shelf(folder, page.title, str(page.front.get("summary") or ""))
        shelf.order = order if isinstance(order, int) else None
        made.shelves.append(shelf)
        if not page.body.strip():
            return
        page.front["order"] = -1000
    shortcodes.translate(page)
    made.pages.append(page)


def _languages(source: Source, root: str) -> tuple[set[str], str]:
    """The languages that folders or files are named for, and the site's own."""
    config = "".join(
        source.files.get(path, b"").decode(errors="replace") for path in sorted(CONFIGS)
    )
    said = _DEFAULT.search(config)
    texts = [path.removeprefix(root) for path in source.files if is_text(path)]
    tops = {path.partition("/")[0] for path in texts if "/" in path}
    folders = {top for top in tops if _LANG.fullmatch(top)} if _are_languages(tops) else set()
    ends = {
        stem.rpartition(".")[2]
        for stem in (posixpath.splitext(path)[0] for path in texts)
        if "." in posixpath.basename(stem)
    }
    found = folders | {end for end in ends if _LANG.fullmatch(end)}
    if said:
        return found, said[1]
    ours = site_language()
    return found, ours if ours in found or not found else sorted(found)[0]


def _are_languages(tops: set[str]) -> bool:
    return bool(tops) and all(_LANG.fullmatch(top) for top in tops)


def _apart(path: str, languages: set[str]) -> tuple[str | None, str]:
    """The language that a path names, and the path without it."""
    top, _, rest = path.partition("/")
    if top in languages and rest:
        return top, rest
    stem, end = posixpath.splitext(path)
    name, dot, lang = stem.rpartition(".")
    return (lang, name + end) if dot and lang in languages else (None, path)


def _target(path: str) -> str:
    """`_index.md` and page bundles, as files of ours."""
    folder, name = posixpath.split(posixpath.splitext(path)[0])
    if name == "_index":
        name = "index"
    elif name == "index" and folder:
        return f"{folder}.md"
    return posixpath.join(folder, f"{name}.md")
