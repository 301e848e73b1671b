"""Finding links and pictures in a text, each with its place and with what it leads to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.articles.assets.known import KnownImage
from app.articles.files.fault import Places
from app.articles.files.manuscript import Manuscript
from app.articles.linking import Links, anchor, is_asset, is_id, is_local, targets, without_code
from app.articles.links.link import LinkKind

HELP = "/help/"
LONGEST_TARGET = 2000

# Neither reads past the next one that begins, so many that never end cost no more than one.
_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]\n]*\])*)\]\([ \t]*<?(?P<target>[^)\s>]+)"
)
_IMG = re.compile(r"<img\b(?P<said>[^<>]*)>", re.IGNORECASE)
_SRC = re.compile(r"\bsrc=[\"']([^\"'\n]+)[\"']", re.IGNORECASE)
_ALT = re.compile(r"\balt=[\"']\s*[^\"'\s]", re.IGNORECASE)
_PAGE_BESIDE = re.compile(rf"{HELP}(?:sections/|votes/|feed\.atom)")
_WEB = re.compile(r"https?://[^\s<>\"'`\]|]+", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A link or picture; line and column count from 1 in the whole text."""

    kind: LinkKind
    target: str
    line: int
    column: int
    to_path: str = ""
    fragment: str = ""
    image: KnownImage | None = None
    described: bool = True

    @property
    def is_picture_from_elsewhere(self) -> bool:
        """Whether it is a picture that pages do not show: readers would be seen by its server."""
        return self.kind is LinkKind.PICTURE and self.target.startswith(("http:", "https:", "//"))


def found_in(manuscript: Manuscript, links: Links) -> Iterator[Found]:
    """All in the body, in no order; code is left out."""
    text = without_code(manuscript.body)
    place = Places(text).at
    pictures = dict(_pictures(text))
    for target, offset in targets(text):
        if len(target) <= LONGEST_TARGET and (
            kind := LinkKind.PICTURE if offset in pictures else _kind(target, links)
        ):
            begins, described = pictures.get(offset, (offset, True))
            line, column = place(begins)
            yield Found(
                kind,
                target,
                line + manuscript.body_line - 1,
                column,
                to_path=_path(kind, target, links),
                fragment=_fragment(kind, target),
                image=links.image(target),
                described=described,
            )
    for target, offset in addresses_in(text):
        if offset not in pictures:
            line, column = place(offset)
            yield Found(LinkKind.WEB, target, line + manuscript.body_line - 1, column)


def addresses_in(text: str) -> Iterator[tuple[str, int]]:
    """Addresses of the web, however they are written, without their fragments; and their offsets."""
    for found in _WEB.finditer(text):
        address = _without_end(found[0]).partition("#")[0]
        if len(address) <= LONGEST_TARGET:
            yield address, found.start()


def _pictures(text: str) -> Iterator[tuple[int, tuple[int, bool]]]:
    """Where the sources of pictures stand; with each, where it begins and whether it is described."""
    for found in _PICTURE.finditer(text):
        yield found.start("target"), (found.start(), bool(found["alt"].strip()))
    for found in _IMG.finditer(text):
        if source := _SRC.search(found[0]):
            yield found.start() + source.start(1), (found.start(), bool(_ALT.search(found[0])))


def _kind(target: str, links: Links) -> LinkKind | None:
    if target.startswith("#"):
        return LinkKind.PLACE
    if is_id(target.partition("#")[0]):
        return LinkKind.ARTICLE
    if is_asset(target) or (is_local(target) and links.path_of(target) in links.assets):
        return LinkKind.FILE
    if target.startswith(HELP):
        return None if _PAGE_BESIDE.match(target) else LinkKind.ARTICLE
    return LinkKind.ARTICLE if is_local(target) else None


def _path(kind: LinkKind, target: str, links: Links) -> str:
    if kind is LinkKind.PLACE or "://" in target:
        return ""
    if target.startswith(HELP):
        name = target.removeprefix(HELP).partition("#")[0].partition("?")[0].strip("/")
        return f"/{name.removesuffix('.md')}"[:300]
    if is_id(name := target.partition("#")[0]):
        return f"/{name}"
    return links.path_of(target)[:400]


def _fragment(kind: LinkKind, target: str) -> str:
    mark = target.partition("#")[2]
    wanted = mark and kind in (LinkKind.ARTICLE, LinkKind.PLACE)
    return anchor(mark)[:300] if wanted else ""


def _without_end(address: str) -> str:
    """The address without the marks of the sentence around it, and without a bracket that is not its own."""
    while address[-1] in ".,;:!?*_~" or (
        address[-1] == ")" and address.count(")") > address.count("(")
    ):
        address = address[:-1]
    return address
