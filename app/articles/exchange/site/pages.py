"""The bodies of pages: rendered anew, every address relative, what is not in the site only words."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from lxml import html as lxml_html
from markupsafe import Markup

from app.articles.exchange.collecting import asset_of
from app.articles.exchange.prose import replaced
from app.articles.linking import anchor, is_local
from app.core.markdown import Heading, Profile, render, trusted

_PICTURE = re.compile(r"(!\[(?:[^\[\]\\]|\\.)*\]\([ \t]*<?)([^)\s>]+)")
_ROOTED = "/-site-/"
"""Before addresses within the site until they are made relative: a sanitised picture must have one."""


@dataclass(frozen=True)
class Body:
    """What stands in a page."""

    html: Markup
    headings: tuple[Heading, ...]


class Bodies:
    """Renders texts for the site; knows which pages and pictures it has."""

    def __init__(self, pages: Mapping[str, str], assets: Mapping[str, bytes]) -> None:
        self.pages, self.assets = pages, assets

    def body(self, text: str, path: str, page: str) -> Body:
        """The body of the page of an article whose file lies at the path."""

        def picture(found: re.Match[str], _: int) -> str:
            asset = asset_of(found[2], path)
            return f"{found[1]}{_ROOTED}assets/{quote(asset)}" if asset in self.assets else found[0]  # type: ignore[arg-type]

        rendered = render(
            replaced(text, _PICTURE, picture),
            profile=Profile.DOCUMENT,
            link=lambda target: self._address(target, path),
        )
        return Body(trusted(_relative(str(rendered.html), page)), rendered.headings)

    def _address(self, target: str, path: str) -> str | None:
        if target.startswith(_ROOTED):
            return target
        if not is_local(target):
            return None if target.startswith("/") else target
        asset = asset_of(target, path)
        if asset is not None:
            return f"{_ROOTED}assets/{quote(asset)}" if asset in self.assets else None
        name, _, fragment = target.partition("#")
        goal = posixpath.normpath(
            posixpath.join(posixpath.dirname(path), unquote(name.partition("?")[0]))
        )
        if goal not in self.pages:
            return None
        return f"{_ROOTED}{quote(self.pages[goal])}" + (f"#{anchor(fragment)}" if fragment else "")


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
