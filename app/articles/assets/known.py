"""What is known of images when a text is made ready, and which sizes there are of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Result, select

from app.articles.assets.image import Asset, Image
from app.core.db import db

PREFIX = "/media/"
EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/svg+xml": "svg",
    "application/pdf": "pdf",
}
WIDTHS = (480, 960, 1440)
"""Pixels across, of the smaller copies of a picture; none is larger than the picture itself."""
WIDEST = 16_383
"""Pixels; WebP knows no more."""
TOO_SMALL_TO_SHRINK_BYTES = 10_000


@dataclass(frozen=True)
class KnownImage:
    """An image as pages refer to it."""

    sha256: str
    name: str
    type: str
    width: int | None
    height: int | None
    bytes: int
    animated: bool

    @property
    def url(self) -> str:
        """Where it is served as it is; the address changes with the content."""
        return f"{PREFIX}{self.sha256}/original.{EXTENSIONS[self.type]}"

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it in itself."""
        return self.type.startswith("image/")

    @property
    def widths(self) -> list[int]:
        """The widths of its copies, the picture's own last; empty if there are none."""
        if (
            self.animated
            or self.width is None
            or self.type not in ("image/png", "image/jpeg", "image/webp")
            or self.bytes < TOO_SMALL_TO_SHRINK_BYTES
            or max(self.width, self.height or 0) > WIDEST
        ):
            return []
        return [*(width for width in WIDTHS if width < self.width), self.width]

    def sized(self, width: int, extension: str) -> str:
        """The address of a copy."""
        if width == self.width and extension == EXTENSIONS[self.type]:
            return self.url
        return f"{PREFIX}{self.sha256}/{width}.{extension}"

    @property
    def copies(self) -> list[tuple[int, str]]:
        """Width and extension of each copy that has to be made."""
        own = EXTENSIONS[self.type]
        every = [(width, each) for width in self.widths for each in dict.fromkeys(("webp", own))]
        return [(width, each) for width, each in every if (width, each) != (self.width, own)]


def known_at(paths: Collection[str]) -> dict[str, KnownImage]:
    """The images of files at these paths below `content/assets/`."""
    return _by_path(db.session.execute(_AT.where(Asset.path.in_(paths)))) if paths else {}


def all_known() -> tuple[dict[str, KnownImage], dict[str, KnownImage]]:
    """Every image that a file holds, by its path, and every image that there is, by its hash."""
    return _by_path(db.session.execute(_AT)), _by_sha(db.session.execute(_ALL))


def known_as(shas: Collection[str]) -> dict[str, KnownImage]:
    """The images with these hashes."""
    return _by_sha(db.session.execute(_ALL.where(Image.sha256.in_(shas)))) if shas else {}


def _by_path(found: Result[Any]) -> dict[str, KnownImage]:
    return {row[0]: _known(row[1:]) for row in found}


def _by_sha(found: Result[Any]) -> dict[str, KnownImage]:
    return {row[0]: _known(row) for row in found}


def _known(row: Any) -> KnownImage:
    return KnownImage(*row)


_COLUMNS = (
    Image.sha256,
    Image.name,
    Image.type,
    Image.width,
    Image.height,
    Image.bytes,
    Image.animated,
)
_ALL = select(*_COLUMNS)
_AT = select(Asset.path, *_COLUMNS).join(Image, Image.sha256 == Asset.image_sha)

Images = Mapping[str, KnownImage]
