"""A Docusaurus site: `docs/`, `_category_.json`, admonitions, tabs; MDX is kept and told of.

Source: docusaurus.io, "Sidebar items", "Admonitions", "Tabs", "MDX and React".
"""

import json
import posixpath
import re
from datetime import tzinfo

import yaml

from app.articles.exchange.dialects.keys import take_keys
from app.articles.exchange.dialects.texts import is_text, page_of, take_assets
from app.articles.exchange.front_matter import open_text
from app.articles.exchange.page import Page, Shelf, Understood
from app.articles.exchange.source.source import Source
from app.articles.links.prose import replaced

_ADMONITION = re.compile(
    r"^(?P<indent>[ \t]*):{3,}(?P<kind>\w+)?[ \t]*(?:\[(?P<label>[^\]\n]*)\]|(?P<title>[^\n{]*))(?:\{[^}\n]*\})?[ \t]*$",  # noqa: E501
    re.MULTILINE,
)
_IMPORT = re.compile(
    r"^(?:import\s.+\sfrom\s+['\"][^'\"]+['\"];?|export\s+(?:const|default|function)\b.*)[ \t]*$",
    re.MULTILINE,
)
_TABS = re.compile(r"^[ \t]*</?Tabs\b[^>\n]*>[ \t]*$", re.MULTILINE)
_TAB = re.compile(r"^[ \t]*<TabItem\b(?P<rest>[^>\n]*)>[ \t]*$", re.MULTILINE)
_TAB_END = re.compile(r"^[ \t]*</TabItem>[ \t]*$", re.MULTILINE)
_DETAILS = re.compile(
    r"<details>\s*<summary>(?P<title>[^<\n]*)</summary>(?P<text>.*?)</details>", re.DOTALL
)
_COMPONENT = re.compile(r"</?(?P<name>[A-Z]\w*)\b[^>\n]*>|^\{/\*.*?\*/\}$", re.MULTILINE)
_NUMBERED = re.compile(r"(?P<number>\d{1,4})(?:[-_.]\s*|\s+-\s+)(?P<name>.+)")
_ATTRIBUTE = re.compile(r"(\w+)=[\"']([^\"']*)[\"']")
_KINDS = {
    "note",
    "tip",
    "info",
    "warning",
    "danger",
    "caution",
    "important",
    "hint",
    "error",
    "attention",
}


def understand(source: Source, *, zone: tzinfo) -> Understood:
    """Its pages, sections and pictures."""
    made = Understood("docusaurus")
    root = "docs/" if any(path.startswith("docs/") for path in source.files) else ""
    for path in sorted(source.files):
        name = posixpath.basename(path)
        bare = _plain(path.removeprefix(root))
        if name in ("_category_.json", "_category_.yml", "_category_.yaml"):
            made.shelves.append(_shelf(posixpath.dirname(bare), source.files[path]))
        elif is_text(path) and (not name.startswith("_") or path.endswith(".mdx")):
            page = page_of(source, path, target=f"{posixpath.splitext(bare)[0]}.md")
            if page:
                made.pages.append(_taken(page, bare, zone))
    take_assets(source, made, strip=("static/", root) if root else ("static/",))
    return made


def _taken(page: Page, bare: str, zone: tzinfo) -> Page:
    opened = open_text(page.original)
    take_keys(page, opened, zone=zone)
    number = _NUMBERED.fullmatch(posixpath.basename(page.source))
    if number and "order" not in page.front:
        page.front["order"] = int(number["number"])
    stem = posixpath.splitext(bare)[0]
    id, slug = opened.front.get("id"), opened.front.get("slug")
    page.urls += [stem, f"docs/{stem}"]
    if isinstance(id, str):
        page.urls += [posixpath.join(posixpath.dirname(stem), id)]
    if isinstance(slug, str) and "/" in slug:
        page.urls += [slug, f"docs/{slug.strip('/')}"]
    _translate(page)
    return page


def _translate(page: Page) -> None:
    """Admonitions and tabs as ours; what else is MDX is kept, and told of."""
    start = page.body_start

    def say(found: re.Match[str], at: int) -> str:
        name = found.groupdict().get("name")
        said = (
            f"The component {name} has no equal here; it is kept."
            if name
            else "Code of MDX is kept as it stands."
        )
        page.note("W301", said, at=max(page.original.find(found[0], start), start))
        return found[0]

    text = replaced(page.body, _ADMONITION, lambda found, _: _admonition(found))
    text = _DETAILS.sub(
        lambda found: f"/// details | {found['title'].strip()}\n{found['text'].strip()}\n///", text
    )
    if _TAB.search(text):
        text = _TAB.sub(lambda found: f"/// tab | {_label(found['rest'])}", _TABS.sub("", text))
        text = _TAB_END.sub("///", text)
    text = replaced(text, _IMPORT, say)
    page.body = replaced(text, _COMPONENT, say)


def _admonition(found: re.Match[str]) -> str:
    if not found["kind"]:
        return f"{found['indent']}///" if not (found["title"] or "").strip() else found[0]
    if found["kind"] not in _KINDS:
        return found[0]
    title = (found["label"] or found["title"] or "").strip()
    return f"{found['indent']}/// {found['kind']}" + (f" | {title}" if title else "")


def _label(rest: str) -> str:
    said = dict(_ATTRIBUTE.findall(rest))
    return said.get("label") or said.get("value") or "Tab"


def _shelf(path: str, data: bytes) -> Shelf:
    try:
        said = yaml.safe_load(data) if not data.lstrip().startswith(b"{") else json.loads(data)
    except (ValueError, yaml.YAMLError):
        said = {}
    said = said if isinstance(said, dict) else {}
    link = said.get("link") if isinstance(said.get("link"), dict) else {}
    position = said.get("position")
    order = int(position) if isinstance(position, int | float) and abs(position) < 100_000 else None
    return Shelf(
        path, str(said.get("label") or ""), str((link or {}).get("description") or ""), order
    )


def _plain(path: str) -> str:
    """Without the numbers by which files are ordered."""
    parts = [
        (found["name"] if (found := _NUMBERED.fullmatch(part)) else part)
        for part in path.split("/")
    ]
    return "/".join(parts)
