"""Two pens for one template: each writes values and furniture into its part of the mail."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import get_template_attribute
from markupsafe import Markup, escape

from app.core.markdown import Profile, as_written, render
from app.core.settings import settings
from app.core.written import AsWritten
from app.mail.dressing import dressed

_PLACE = re.compile("<p[^>]*>\ue000(\\d+)\ue001</p>|\ue000(\\d+)\ue001")

_OUR_LINK = re.compile(r"\]\(/(?!/)")


class Raw(str):
    """What is written into the part as it is: the pens' own work."""


@dataclass(frozen=True)
class Offer:
    """One of several links to choose from: a mark, such as "4", and a word for it."""

    mark: str
    word: str
    url: str


@dataclass(frozen=True)
class Item:
    """One line of a list: what it is, where it leads, and what there is to say of it."""

    title: str
    url: str
    note: str


class Pen(Protocol):
    """What a template can write with."""

    def plain(self, value: object) -> str:
        """A value, letter by letter."""

    def markdown(self, text: str) -> str:
        """A text that a person wrote, in Markdown unless it is `AsWritten`."""

    def picture(self, content_id: str, name: str) -> str:
        """A picture that goes with the mail; a paragraph of its own."""

    def button(self, label: str, url: str) -> str:
        """The one thing to do next; a paragraph of its own."""

    def link(self, label: str, url: str) -> str:
        """A link between words."""

    def heading(self, text: str) -> str:
        """What the next part is about; a paragraph of its own."""

    def person(self, name: str, title: str) -> str:
        """Who speaks; a paragraph of its own."""

    def choices(self, offers: Sequence[Offer]) -> str:
        """Links side by side; a paragraph of its own."""

    def listing(self, items: Sequence[Item]) -> str:
        """Lines under each other; a paragraph of its own."""

    def small(self, text: str) -> str:
        """A remark; a paragraph of its own."""

    def last(self, text: str) -> str:
        """A closing remark under a rule; a paragraph of its own."""


class TextPen:
    """Writes plain text."""

    def plain(self, value: object) -> str:
        """As it is."""
        return str(value)

    def markdown(self, text: str) -> str:
        """As it was written: Markdown is pleasant to read.  Links to our pages are made whole."""
        if isinstance(text, AsWritten):
            return Raw(text)
        return Raw(_OUR_LINK.sub(f"]({settings().public_url}/", text))

    def picture(self, content_id: str, name: str) -> str:
        """Its name: it can be found among the files."""
        return Raw(f"[{name}]")

    def button(self, label: str, url: str) -> str:
        """Label and address."""
        return Raw(f"{label}:\n{url}")

    def link(self, label: str, url: str) -> str:
        """Label and address in one line."""
        return Raw(f"{label}: {url}")

    def heading(self, text: str) -> str:
        """As it is."""
        return Raw(text)

    def person(self, name: str, title: str) -> str:
        """Name and title."""
        return Raw(f"{name}, {title}:")

    def choices(self, offers: Sequence[Offer]) -> str:
        """A line each."""
        width = max(len(offer.word) for offer in offers)
        return Raw("\n".join(f"  {o.mark} {o.word:<{width}}  {o.url}" for o in offers))

    def listing(self, items: Sequence[Item]) -> str:
        """Three lines each, the address last."""
        return Raw("\n\n".join(f"{each.title}\n  {each.note}\n  {each.url}" for each in items))

    def small(self, text: str) -> str:
        """As it is."""
        return Raw(text)

    def last(self, text: str) -> str:
        """As it is."""
        return Raw(text)


class HtmlPen:
    """Writes Markdown with marks in it, and puts values and furniture in their place afterwards.

    So nothing that a value holds is ever read as Markdown or HTML.
    """

    def __init__(self, pictures: Mapping[str, str]) -> None:
        self.pictures = pictures
        self.held: list[Markup] = []
        self.blocks: set[int] = set()

    def plain(self, value: object) -> str:
        """Escaped."""
        return self._hold(escape(str(value)))

    def markdown(self, text: str) -> str:
        """Rendered by itself: no unclosed mark reaches the rest of the mail."""
        if isinstance(text, AsWritten):
            return self._hold_block(
                dressed(as_written(text), base=settings().public_url, pictures={})
            )
        return self._hold_block(self._rendered(text))

    def picture(self, content_id: str, name: str) -> str:
        """As wide as there is room."""
        return self._furniture("picture", content_id, name)

    def button(self, label: str, url: str) -> str:
        """A box that can be pressed."""
        return self._furniture("button", label, url)

    def link(self, label: str, url: str) -> str:
        """A link."""
        return self._hold(get_template_attribute("mail/furniture.html", "link")(label, url))

    def heading(self, text: str) -> str:
        """In bold type."""
        return self._furniture("heading", text)

    def person(self, name: str, title: str) -> str:
        """Initials, name and title."""
        return self._furniture("person", name, title)

    def choices(self, offers: Sequence[Offer]) -> str:
        """Boxes side by side."""
        return self._furniture("choices", offers)

    def listing(self, items: Sequence[Item]) -> str:
        """Rows with rules between."""
        return self._furniture("listing", items)

    def small(self, text: str) -> str:
        """In small type."""
        return self._furniture("small", text)

    def last(self, text: str) -> str:
        """Under a rule."""
        return self._furniture("last", text)

    def finish(self, written: str) -> Markup:
        """The HTML of what was written with this pen."""
        return self._filled(self._rendered(written))

    def finish_line(self, written: str) -> Markup:
        """The same for a line that is no Markdown."""
        return self._filled(escape(written))

    def _rendered(self, text: str) -> Markup:
        html = render(text, profile=Profile.COMMENT).html
        return dressed(html, base=settings().public_url, pictures=self.pictures)

    def _furniture(self, name: str, *words: object) -> str:
        return self._hold_block(get_template_attribute("mail/furniture.html", name)(*words))

    def _hold_block(self, html: Markup) -> str:
        self.blocks.add(len(self.held))
        return self._hold(html)

    def _hold(self, html: Markup) -> str:
        self.held.append(html)
        return Raw(f"\ue000{len(self.held) - 1}\ue001")

    def _filled(self, html: Markup) -> Markup:
        return Markup(_PLACE.sub(self._put, html))  # noqa: S704 - safe parts put into safe parts

    def _put(self, match: re.Match[str]) -> str:
        place = int(match[1] or match[2])
        if match[1] and place not in self.blocks:
            return match[0].replace(f"\ue000{place}\ue001", self.held[place])
        return str(self.held[place])
