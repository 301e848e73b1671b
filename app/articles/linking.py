"""Links between articles: from the names of files, or the ids of articles, to addresses of pages.

`[Refunds](../billing/refunds.md)` leads to the article of a file, and `[Refunds](kb_7q2mabcdef)` to the
article with that id, wherever its file lies; both may name a heading behind `#`.
"""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from app.articles.assets.known import PREFIX, KnownImage

ASSETS = "/content/assets/"
"""Where files that articles show lie, seen from the folder above `content/`."""
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg")

_TARGET = re.compile(
    r"\]\([ \t]*\n?[ \t]*<?(?P<inline>[^)\s>]+)"
    r"|^[ \t>]*\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*<?(?P<reference>[^\s>]+)"
    r"|(?:href|src)[ \t]*=[ \t]*[\"'](?P<html>[^\"'\n]+)[\"']",
    re.MULTILINE | re.IGNORECASE,
)
_ID = re.compile(r"kb_[a-z2-7]{10}")
_CODE = re.compile(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_NOT_LINE_END = re.compile(r"[^\n]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True)
class Anchor:
    """A link to a place in an article: as written, the path of its file or its id, the id there."""

    target: str
    path: str
    id: str


class Links:
    """The links of one article, resolved against all files there are."""

    def __init__(
        self,
        path: str,
        *,
        places: Mapping[str, str],
        files: Collection[str],
        assets: Mapping[str, KnownImage | None] | None = None,
        images: Mapping[str, KnownImage] | None = None,
        ids: Mapping[str, str] | None = None,
    ) -> None:
        """Where articles stand is given by the paths of files, and in `ids` by the ids of articles."""
        self.folder = posixpath.dirname(path)
        self.places = places
        self.files = files
        self.assets = assets or {}
        """By path, seen from the folder of the articles; None: there is a file, but no image of it yet."""
        self.images = images or {}
        """All, by hash."""
        self.ids = ids or {}
        self.missing: list[str] = []
        self.anchors: list[Anchor] = []

    def resolve(self, target: str) -> str | None:
        """The address to link to; None for a link that leads nowhere (for now).

        A target without a file is noted in `missing`.  One whose file has faults of its own and was
        never loaded is not: it becomes a link when that is mended.
        """
        name, _, fragment = target.partition("#")
        if is_id(name):
            return self._by_id(target, name, fragment)
        if is_asset(target):
            return self._asset(target)
        if not is_local(target):
            return target
        path = self.path_of(name)
        if path in self.assets:
            return self._asset(target)
        if path in self.places:
            if fragment:
                self.anchors.append(Anchor(target, path, anchor(fragment)))
            return address(self.places[path]) + (f"#{anchor(fragment)}" if fragment else "")
        if path not in self.files:
            self.missing.append(target)
        return None

    def _by_id(self, target: str, id: str, fragment: str) -> str | None:
        if id not in self.ids:
            self.missing.append(target)
            return None
        if fragment:
            self.anchors.append(Anchor(target, id, anchor(fragment)))
        return address(self.ids[id]) + (f"#{anchor(fragment)}" if fragment else "")

    def picture(self, target: str) -> str | None:
        """The address of a picture; None for one that is not there, and for one from elsewhere."""
        if not (is_local(target) or is_asset(target)):
            return target
        image = self.image(target)
        if image is not None and image.is_picture:
            return image.url
        if image is not None or self.path_of(target) not in self.assets:
            self.missing.append(target)
        return None

    def image(self, target: str) -> KnownImage | None:
        """What is shown or linked to, if it is a picture or document of ours."""
        if target.startswith(PREFIX):
            return self.images.get(target.removeprefix(PREFIX).partition("/")[0])
        return self.assets.get(self.path_of(target))

    def path_of(self, target: str) -> str:
        """The path of the file that a local target names, seen from the folder of the articles."""
        return local_path(self.folder, target)

    def _asset(self, target: str) -> str | None:
        """The address of a picture or document.  A file that cannot be used is not noted as missing."""
        image = self.image(target)
        if image is None and self.path_of(target) not in self.assets:
            self.missing.append(target)
        return image.url if image else None

    def forget(self) -> None:
        """Begin to note anew."""
        self.missing.clear()
        self.anchors.clear()

    def all_in(self, text: str) -> list[tuple[str, str | None]]:
        """Every local target in a text with its address: what the HTML depends on beside the text."""
        found = sorted(
            {
                each
                for each, _ in targets(text)
                if is_local(each) or _names_id(each) or is_asset(each)
            }
        )
        return [(target, self.resolve(target)) for target in found]


def address(place: str) -> str:
    """The address of the page of an article that stands at this place (`languages.place`)."""
    return f"/help/{place}"


def local_path(folder: str, target: str) -> str:
    """The path of what a target names that stands in a file of this folder; all from the articles' folder."""
    name = unquote(target.partition("#")[0].partition("?")[0])
    if name.startswith(ASSETS):
        return posixpath.normpath(f"../assets/{name.removeprefix(ASSETS)}")
    return posixpath.normpath(posixpath.join(folder, name))


def anchor(fragment: str) -> str:
    """The id of a heading as `core/markdown` writes it."""
    return fragment if fragment.startswith(("h-", "fn")) else f"h-{fragment.lower()}"


def is_local(target: str) -> bool:
    """Whether it names a file, seen from the file it stands in."""
    elsewhere = target.startswith(("/", "#", "?")) or _SCHEME.match(target)
    return not (elsewhere or _names_id(target))


def is_id(name: str) -> bool:
    """Whether it is the id of an article."""
    return _ID.fullmatch(name) is not None


def ids_in(text: str) -> set[str]:
    """The ids of articles that a text may link to."""
    names = {target.partition("#")[0] for target, _ in targets(text)}
    return {each for each in names if is_id(each)}


def is_asset(target: str) -> bool:
    """Whether it names a picture or document of ours from anywhere, by its file or its address."""
    return target.startswith((ASSETS, PREFIX))


def without_code(text: str) -> str:
    """The text with blanks in place of code, so that all else stays where it is."""
    return _CODE.sub(lambda found: _NOT_LINE_END.sub(" ", found[0]), text)


def targets(text: str) -> Iterator[tuple[str, int]]:
    """What a Markdown text may link to, with the offset; code is not told apart."""
    for match in _TARGET.finditer(text):
        kind = match.lastgroup or "inline"
        yield match[kind], match.start(kind)


def _names_id(target: str) -> bool:
    return is_id(target.partition("#")[0])
