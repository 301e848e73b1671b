"""The bodies of pages: rendered anew, every address relative, what is not in the site only words."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from lxml import html as lxml_html
from markupsafe import Markup

from app.articles.exchange.leaf import Leaves, asset_of, leads_elsewhere
from app.articles.linking import anchor
from app.articles.links.readers import for_readers
from app.core.markdown import Heading, Profile, render, trusted

_ROOTED = "/-site-/"
"""Before addresses within the site until they are made relative: a sanitised picture must have one."""


@dataclass(frozen=True)
class Body:
    """What stands in a page."""

    html: Markup
    headings: tuple[Heading, ...]


class Bodies:
    """Renders texts for the site; knows which pages, by the paths of files, and pictures it has."""

    def __init__(
        self, leaves: Leaves, pages: Mapping[str, str], assets: Mapping[str, bytes]
    ) -> None:
        self.leaves, self.pages, self.assets = leaves, pages, assets

    def body(self, text: str, path: str, page: str) -> Body:
        """The body of the page of an article whose file lies at the path."""

        def lead(target: str) -> str | None:
            return self._address(target, path)

        rendered = render(for_readers(text, lead), profile=Profile.DOCUMENT, link=lead)
        return Body(trusted(_relative(str(rendered.html), page)), rendered.headings)

    def _address(self, target: str, path: str) -> str | None:
        if target.startswith(_ROOTED) or leads_elsewhere(target):
            return target
        asset = asset_of(target, path)
        if asset is not None:
            return f"{_ROOTED}assets/{quote(asset)}" if asset in self.assets else None
        leaf, fragment = self.leaves.named(target, path), target.partition("#")[2]
        if leaf is None:
            return None
        return f"{_ROOTED}{quote(self.pages[leaf.path])}" + (
            f"#{anchor(fragment)}" if fragment else ""
        )


def _relative(html: str, page: str) -> str:
    """The same with addresses as seen from the page; links without one are words."""
    if not html.strip():
        return html
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    here = posixpath.dirname(page)
    for element in list(root.iter("a", "img")):
        name = "src" if element.tag == "img" else "href"
        address = element.get(name)
        if address is None:
            element.drop_tag()
        elif address.startswith(_ROOTED):
            goal, mark, fragment = address.removeprefix(_ROOTED).partition("#")
            element.set(name, posixpath.relpath(goal, here) + mark + fragment)
        elif element.tag == "img":
            element.drop_tree()
    inner = "".join(lxml_html.tostring(child, encoding="unicode") for child in root)
    return (root.text or "") + inner
