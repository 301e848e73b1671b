"""From the bytes of a stranger to bytes that may be shown: decoded, without metadata, written anew."""

import filetype

from app.articles.images.apart import animations, raster, svg
from app.articles.images.apart.clean import Clean
from app.articles.images.apart.unfit import Unfit

_HEAD_BYTES = 8192
PDF = "application/pdf"
SVG = "image/svg+xml"
_KINDS = {"image/apng": "image/png"}


def clean(data: bytes) -> Clean:
    """Bytes that may be shown.  Raises Unfit."""
    kind = _KINDS.get(known := filetype.guess_mime(data[:_HEAD_BYTES]), known)
    if kind == PDF:
        return Clean(PDF, None, None, False, data)
    if kind in raster.FORMATS:
        return _clean_raster(kind, data)
    if b"<svg" in data[:_HEAD_BYTES]:
        made = svg.clean(data)
        return Clean(SVG, made.width, made.height, False, made.data)
    raise Unfit("is no PNG, JPEG, WebP, GIF, SVG or PDF. Save it as one of these.")


def _clean_raster(kind: str, data: bytes) -> Clean:
    with raster.opened(data) as picture:
        width, height = picture.size
        if raster.is_animated(picture):
            raster.look_at_all(picture)
            return Clean(kind, width, height, True, animations.stripped(kind, data))
        made = raster.written_anew(picture, kind)
    return Clean(kind, *made.size, False, made.data)
