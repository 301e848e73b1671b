"""Making of a text what readers see: the fields, the HTML, the links in it.  Slow, so nothing is locked."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.articles.assets import dressing
from app.articles.files.fault import Fault, Places
from app.articles.files.fields import Fields
from app.articles.files.folder import Folder
from app.articles.files.manuscript import Manuscript
from app.articles.linking import PICTURES, Anchor, Links, anchor, targets
from app.articles.links.finding import Found, found_in
from app.articles.links.link import LinkKind
from app.articles.merging import strictest
from app.core.markdown import RENDERER_VERSION, Profile, render

_ID = re.compile(r'\sid="([^"]+)"')
_OWN_LINK = re.compile(r'\shref="#([^"]+)"')


@dataclass(frozen=True)
class Prepared:
    """A text ready to be stored as what an article says."""

    id: str
    manuscript: Manuscript
    fields: Fields
    html: str
    headings: list[dict[str, Any]]
    made_from: str
    missing: tuple[str, ...] = ()
    """Links in it that lead nowhere."""
    anchors: tuple[Anchor, ...] = ()
    """Links in it to places in other articles."""
    links: tuple[Found, ...] = ()
    """All links and pictures in it, with what they lead to."""

    def as_strict_as(self, other: Fields) -> "Prepared":
        """The same, shown to no more people than another text allows."""
        visibility = strictest(self.fields.visibility, other.visibility)
        status = strictest(self.fields.status, other.status)
        return replace(self, fields=replace(self.fields, visibility=visibility, status=status))


def prepare(
    id: str, manuscript: Manuscript, fields: Fields, folder: Folder, links: Links
) -> Prepared:
    """Render the text."""
    made_from = made_from_what(manuscript.sha, manuscript.text, folder, links)
    links.forget()
    rendered = render(
        fields.text, profile=Profile.DOCUMENT, link=links.resolve, picture=links.picture
    )
    missing, anchors = tuple(dict.fromkeys(links.missing)), tuple(dict.fromkeys(links.anchors))
    found = tuple(found_in(manuscript, links))
    shown = {each.image.sha256: each.image for each in found if each.image}
    return Prepared(
        id=id,
        manuscript=manuscript,
        fields=fields,
        html=dressing.dressed(str(rendered.html), shown),
        headings=[asdict(heading) for heading in rendered.headings],
        made_from=made_from,
        missing=missing,
        anchors=anchors,
        links=found,
    )


def made_from_what(sha: str, text: str, folder: Folder, links: Links) -> str:
    """Hash of all that the HTML and the fields depend on: text, folder, link targets, renderer."""
    inherited = [folder.visibility, folder.lang, folder.owner, folder.category]
    if folder.review_every:
        inherited.append(folder.review_every)  # those that say nothing are made from what they were
    parts = [sha, RENDERER_VERSION, dressing.VERSION, *inherited, links.all_in(text)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def broken_links(
    prepared: Prepared, path: str, *, first_line: int, pages: Mapping[str, str]
) -> list[Fault]:
    """Links that lead to no file, no picture, or no place that is there; `pages` is HTML by path.

    `first_line` is the one on which the body begins in the file.
    """
    places = _Places(prepared, path, first_line)
    found = [
        places.fault(target, "E121", f"There is no picture {target}.")
        if target.partition("#")[0].lower().endswith(PICTURES)
        else places.fault(target, "E120", f"The link leads to no file: {target}")
        for target in prepared.missing
    ]
    for link in prepared.anchors:
        if link.path in pages and link.id not in _ids_in(pages[link.path]):
            said = f"There is no heading #{link.id.removeprefix('h-')} in {link.path}."
            found.append(places.fault(link.target, "E122", said))
    for id in sorted(set(_OWN_LINK.findall(prepared.html)) - _ids_in(prepared.html)):
        said = f"There is no heading #{id.removeprefix('h-')} in this article."
        found.append(places.fault(places.to_own(id), "E122", said))
    return found


def picture_warnings(prepared: Prepared, path: str, *, first_line: int) -> list[Fault]:
    """Pictures that say nothing to those who do not see them, and those that are not shown."""
    found, shift = [], first_line - prepared.manuscript.body_line
    for each in prepared.links:
        if each.kind is LinkKind.PICTURE and not each.described:
            said, fix = "A picture has no description.", "write what it shows between `![` and `]`."
            found.append(Fault(path, each.line + shift, each.column, "W206", said, fix))
        if each.is_picture_from_elsewhere:
            said, fix = (
                "A picture from elsewhere is only linked to.",
                "put its file into content/assets/.",
            )
            found.append(Fault(path, each.line + shift, each.column, "W208", said, fix))
    return found


class _Places:
    """Where in its file something stands that was found in the body."""

    def __init__(self, prepared: Prepared, path: str, first_line: int) -> None:
        self.body, self.path, self.first_line = prepared.manuscript.body, path, first_line
        self.places = Places(self.body)
        self.offsets: dict[str, int] = {}
        for target, offset in targets(self.body):
            self.offsets.setdefault(target, offset)

    def at(self, offset: int, code: str, said: str, fix: str = "") -> Fault:
        """A fault at an offset of the body."""
        line, column = self.places.at(max(offset, 0))
        return Fault(self.path, line + self.first_line - 1, column, code, said, fix)

    def fault(self, target: str, code: str, said: str) -> Fault:
        """A fault of a link."""
        return self.at(self.offsets.get(target, self.body.find(target)), code, said)

    def to_own(self, id: str) -> str:
        """How a link to a place in the same article is written."""
        written = (each for each in self.offsets if each.startswith("#"))
        return next((each for each in written if anchor(each[1:]) == id), f"#{id}")


def _ids_in(html: str) -> set[str]:
    return set(_ID.findall(html))
