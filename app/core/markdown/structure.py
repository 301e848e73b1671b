"""What the parser made, turned into the structure the design knows: headings, callouts, tasks."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

TONES = {
    "note": "info",
    "info": "info",
    "important": "info",
    "tip": "ok",
    "hint": "ok",
    "warning": "warn",
    "caution": "warn",
    "attention": "warn",
    "danger": "bad",
    "error": "bad",
}
_TABLE_WRAP = {"class": "table-wrap", "role": "group", "aria-label": "Table", "tabindex": "0"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_OWN_ID = re.compile(r"\s*\{#([\w-]{1,80})\}\s*$")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_TASK = re.compile(r"^\s*\[([ xX])\]\s+")
_CALLOUT = re.compile(r"^\s*\[!(\w+)\][ \t]*([^\n]*)\n?")


class TaskProcessor(Treeprocessor):
    """`- [x] done` becomes a ticked box that cannot be changed.  Runs before inline patterns."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for parent in [each for each in root.iter() if each.tag in ("ul", "ol")]:
            made = [_make_task(item) for item in parent]
            if any(made):
                parent.set("class", "tasks")


class QuoteCalloutProcessor(Treeprocessor):
    """`> [!NOTE] Title` becomes what `/// note | Title` makes.  Runs before inline patterns."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for parent in [each for each in root.iter() if each.find("blockquote") is not None]:
            parent[:] = [
                part
                for child in parent
                for part in (_split_quote(child) if child.tag == "blockquote" else [child])
            ]


class HeadingProcessor(Treeprocessor):
    """Heading levels below the page's title."""

    def __init__(self, md: Markdown, top: int) -> None:
        super().__init__(md)
        self.top = top

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for heading in _headings(root):
            heading.tag = f"h{max(_HEADINGS[heading.tag], self.top)}"


class OwnIdProcessor(Treeprocessor):
    """Ids of headings that the author chose by `{#id}`; before the table of contents is made."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for heading in _headings(root):
            last = heading[-1] if len(heading) else None
            text = (heading.text if last is None else last.tail) or ""
            if match := _OWN_ID.search(text):
                heading.set("id", f"h-{match[1].lower()}")
                if last is None:
                    heading.text = text[: match.start()]
                else:
                    last.tail = text[: match.start()]


class AnchorProcessor(Treeprocessor):
    """A small link on each heading to itself, once the ids are known."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for heading in _headings(root):
            link = SubElement(heading, "a", {"class": "anchor", "href": f"#{heading.get('id')}"})
            link.set("aria-label", "Link to this section")
            link.text = "#"


class FurnitureProcessor(Treeprocessor):
    """Callouts get their tone, wide tables a place to scroll in, far pictures become links."""

    def __init__(self, md: Markdown, is_far: Callable[[str], bool]) -> None:
        super().__init__(md)
        self.is_far = is_far

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for element in list(root.iter()):
            match element.tag:
                case "div" if "admonition" in (element.get("class") or "").split():
                    _make_callout(element)
                case "table":
                    _wrap(element, _TABLE_WRAP)
                case "img" if self.is_far(element.get("src") or ""):
                    _make_link(element)


def is_not_ours(address: str) -> bool:
    """Whether a picture cannot be one of this desk, where nobody knows the files that it names."""
    return not address.startswith("/")


def is_elsewhere(address: str) -> bool:
    """The same where files are known: then only whole addresses lead elsewhere."""
    return address.startswith("//") or _SCHEME.match(address) is not None


def _headings(root: Element) -> list[Element]:
    return [each for each in root.iter() if each.tag in _HEADINGS]


def _make_task(item: Element) -> bool:
    holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
    match = _TASK.match(holder.text or "")
    if not match:
        return False
    holder.text = (holder.text or "")[match.end() :]
    body = Element("div")
    body.text, item.text = item.text, None
    body.extend(list(item))
    for child in list(item):
        item.remove(child)
    done = match[1] != " "
    box = {"type": "checkbox", "disabled": "", "aria-label": "Done" if done else "To do"}
    SubElement(item, "input", box | ({"checked": ""} if done else {}))
    item.append(body)
    return True


def _split_quote(quote: Element) -> list[Element]:
    """The quote, or the callouts in it: the parser joins quotes that follow each other."""
    parts: list[Element] = []
    for child in quote:
        mark = _CALLOUT.match(child.text or "") if child.tag == "p" else None
        if mark and mark[1].lower() in TONES:
            parts.append(Element("div", {"class": f"admonition {mark[1].lower()}"}))
            title = SubElement(parts[-1], "p", {"class": "admonition-title"})
            title.text = mark[2].strip() or mark[1].capitalize()
            child.text = (child.text or "")[mark.end() :]
            if not child.text.strip():
                continue
        elif not parts:
            parts.append(Element("blockquote"))
        parts[-1].append(child)
    return parts


def _make_callout(element: Element) -> None:
    kinds = (element.get("class") or "").split()
    tone = next((TONES[kind] for kind in kinds if kind in TONES), "info")
    element.attrib.clear()
    element.attrib |= {"class": "callout", "role": "note", "data-tone": tone}
    for child in element:
        if child.get("class") == "admonition-title":
            child.tag = "p"
            child.set("class", "callout-title")


def _wrap(element: Element, attributes: dict[str, str]) -> None:
    """Put a div around the element; it takes the element's place, so the element is copied in."""
    inner = Element(element.tag, dict(element.attrib))
    inner.text, inner[:] = element.text, list(element)
    element.tag, element.text, element[:] = "div", None, [inner]
    element.attrib.clear()
    element.attrib |= attributes


def _make_link(image: Element) -> None:
    """A picture elsewhere would tell its server who reads us: show its name and let people go."""
    address = image.get("src") or ""
    image.tag = "a"
    image.text = image.get("alt") or address
    image.attrib.clear()
    image.set("href", address)
