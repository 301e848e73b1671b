"""An image that was cleaned and whose bytes are kept; what is left to do is its row."""

from dataclasses import dataclass
from io import BytesIO

from app.articles.assets.image import Image
from app.articles.assets.known import KnownImage
from app.articles.images.apart.bench import Bench
from app.articles.images.jobs import make_copies
from app.core import clock, storage
from app.core.db import add_unless_there

LONGEST_NAME = 200


@dataclass(frozen=True)
class Cleaned:
    """What its row will say, and the bytes themselves."""

    image: KnownImage
    data: bytes


def cleaned(data: bytes, name: str, reader: Bench) -> Cleaned:
    """Clean an image and keep its bytes on the disk.  Raises Unfit."""
    made = reader.clean(data)
    stored = storage.put(BytesIO(made.data))
    image = KnownImage(
        sha256=stored.sha256,
        name=name[-LONGEST_NAME:],
        type=made.type,
        width=made.width,
        height=made.height,
        bytes=stored.bytes,
        animated=made.animated,
    )
    return Cleaned(image, made.data)


def note_image(image: KnownImage, *, by_id: int | None) -> None:
    """Note an image, once, and have its copies made.  To be called in a verb."""
    add_unless_there(
        Image,
        sha256=image.sha256,
        name=image.name,
        type=image.type,
        width=image.width,
        height=image.height,
        bytes=image.bytes,
        animated=image.animated,
        sizes={},
        created_at=clock.now(),
        by_id=by_id,
    )
    if image.copies:
        make_copies.later(sha256=image.sha256, _key=f"copies {image.sha256}")
