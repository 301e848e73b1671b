"""Links between articles: from the names of files to addresses of pages."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg")

_TARGET = re.compile(
    r"\]\([ \t]*<?(?P<inline>[^)\s>]+)"
    r"|^ {0,3}\[[^\]\n]+\]:[ \t]*<?(?P<reference>[^\s>]+)"
    r"|(?:href|src)=[\"'](?P<html>[^\"'\n]+)[\"']",
    re.MULTILINE,
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True)
class Anchor:
    """A link to a place in an article: as written, the path of that article's file, the id there."""

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
        assets: Collection[str] = (),
    ) -> None:
        self.folder = posixpath.dirname(path)
        self.places = places
        self.files = files
        self.assets = assets
        self.missing: list[str] = []
        self.anchors: list[Anchor] = []

    def resolve(self, target: str) -> str | None:
        """The address to link to; None for a link that leads nowhere (for now).

        A target without a file is noted in `missing`.  One whose file has faults of its own and was
        never loaded is not: it becomes a link when that is mended.
        """
        if not is_local(target):
            return target
        name, _, fragment = target.partition("#")
        path = posixpath.normpath(posixpath.join(self.folder, unquote(name.partition("?")[0])))
        if path in self.places:
            if fragment:
                self.anchors.append(Anchor(target, path, anchor(fragment)))
            return address(self.places[path]) + (f"#{anchor(fragment)}" if fragment else "")
        if path not in self.files and path not in self.assets:
            self.missing.append(target)
        return None

    def forget(self) -> None:
        """Begin to note anew."""
        self.missing.clear()
        self.anchors.clear()

    def all_in(self, text: str) -> list[tuple[str, str | None]]:
        """Every local target in a text with its address: what the HTML depends on beside the text."""
        found = sorted({target for target, _ in targets(text) if is_local(target)})
        return [(target, self.resolve(target)) for target in found]


def address(place: str) -> str:
    """The address of the page of an article that stands at this place (`languages.place`)."""
    return f"/help/{place}"


def anchor(fragment: str) -> str:
    """The id of a heading as `core/markdown` writes it."""
    return fragment if fragment.startswith(("h-", "fn")) else f"h-{fragment.lower()}"


def is_local(target: str) -> bool:
    """Whether it names a file, seen from the file it stands in."""
    return not (target.startswith(("/", "#", "?")) or _SCHEME.match(target))


def targets(text: str) -> Iterator[tuple[str, int]]:
    """What a Markdown text may link to, with the offset; code is not told apart."""
    for match in _TARGET.finditer(text):
        kind = match.lastgroup or "inline"
        yield match[kind], match.start(kind)
