"""Tabs and videos: what a page shows piece by piece, or only when somebody asks for it.

Without a script, tabs stand below each other, each under its title, and a video is a link.
"""

import re
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

_YOUTUBE = re.compile(r"[\w-]{6,20}")
_VIMEO = re.compile(r"\d{4,15}")


class PanelProcessor(Treeprocessor):
    """Gives tabs and videos the structure that the design knows."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for element in list(root.iter()):
            if "tabbed-set" in (element.get("class") or "").split():
                _make_tabs(element)
            elif element.tag == "img" and (player := player_of(element.get("src") or "")):
                _make_video(element, player)


def player_of(address: str) -> str | None:
    """Where the player of a video is that may be shown in a page; None for anything else.

    Only YouTube, in the form that sets no cookies, and Vimeo.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = parts.path.strip("/")
    match parts.scheme, (parts.hostname or "").removeprefix("www."):
        case "https", "youtube.com" if path == "watch":
            return _youtube(parse_qs(parts.query).get("v", [""])[0])
        case "https", "youtube.com" | "youtube-nocookie.com" if path.startswith("embed/"):
            return _youtube(path.removeprefix("embed/"))
        case "https", "youtu.be":
            return _youtube(path)
        case "https", "vimeo.com" if _VIMEO.fullmatch(path):
            return f"https://player.vimeo.com/video/{path}"
    return None


def _youtube(id: str) -> str | None:
    known = _YOUTUBE.fullmatch(id)
    return f"https://www.youtube-nocookie.com/embed/{id}" if known else None


def _make_tabs(element: Element) -> None:
    titles = element.findall("div[@class='tabbed-labels']/label")
    bodies = element.findall("div[@class='tabbed-content']/div")
    element.attrib.clear()
    element.set("class", "tabset")
    element[:] = [_tab(*pair) for pair in zip(titles, bodies, strict=True)]


def _tab(title: Element, body: Element) -> Element:
    title.tag, title.attrib, title.tail = "p", {"class": "tab-title"}, "\n"
    body.set("class", "tab")
    body.insert(0, title)
    return body


def _make_video(image: Element, player: str) -> None:
    title = image.get("alt") or "Watch the video"
    image.tag, image.text = "span", None
    image.attrib.clear()
    image.set("class", "video")
    SubElement(image, "a", {"href": player}).text = title
