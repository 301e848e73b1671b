"""Making the smaller copies of a picture, in its own format and as WebP."""

import logging
from collections.abc import Mapping
from io import BytesIO

from app.articles.article import STAMP
from app.articles.assets.image import Image
from app.articles.assets.known import known_as
from app.articles.images.apart.bench import bench
from app.articles.images.apart.unfit import Unfit
from app.core import storage
from app.core.db import db
from app.core.uow import let_go, verb
from app.core.web.page_cache import bump

log = logging.getLogger(__name__)


def make_copies(sha256: str) -> None:
    """Make the copies that are missing.  A picture that cannot be copied is served as it is."""
    image = db.session.get(Image, sha256)
    if image is None or image.sizes or not (wanted := known_as({sha256})[sha256].copies):
        return
    let_go()
    try:
        with storage.open(sha256) as file, bench() as reader:
            made = reader.copies(file.read(), wanted)
    except (Unfit, FileNotFoundError) as fault:
        log.warning("no copies of image", extra={"sha256": sha256, "fault": type(fault).__name__})
        return
    names = [f"{width}.{extension}" for width, extension in wanted]
    stored = [storage.put(BytesIO(data)).sha256 for data in made]
    _note(sha256, sizes=dict(zip(names, stored, strict=True)))


@verb
def _note(sha256: str, *, sizes: Mapping[str, str]) -> None:
    image = db.session.get(Image, sha256)
    if image is not None:
        image.sizes = dict(sizes)
        bump(STAMP)
