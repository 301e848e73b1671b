"""Pictures made of pixels: decoding them within limits, and writing them anew (Pillow)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from PIL import Image, ImageCms, ImageOps

from app.articles.images.apart.unfit import Unfit

FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
EXTENSIONS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
MOST_PIXELS = 40_000_000
MOST_PIXELS_OF_ALL_FRAMES = 400_000_000
QUALITY, QUALITY_OF_COPIES = 92, 82

_TOO_MANY = f"has more than {MOST_PIXELS // 1_000_000} million pixels. Make it smaller."
_BROKEN = "is damaged or cut short. Save it again from where it came."
_DEEP = ("I", "F", "I;16", "I;16B", "I;16L")


@dataclass(frozen=True)
class Written:
    """A picture as it was written."""

    size: tuple[int, int]
    data: bytes


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture in some bytes, for one use.  Raises Unfit, also for what its use finds broken."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(BytesIO(data), formats=tuple(FORMATS.values())) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unfit(_TOO_MANY)
            yield picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Unfit(_TOO_MANY) from fault
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError) as fault:
        raise Unfit(_BROKEN) from fault  # Pillow raises any of these for bytes that make no sense


def is_animated(picture: Image.Image) -> bool:
    """Whether it moves; the second picture in a photo of a telephone is no motion."""
    return picture.format != "MPO" and bool(getattr(picture, "is_animated", False))


def look_at_all(picture: Image.Image) -> None:
    """Decode every frame.  Raises Unfit when they are too many."""
    frames = getattr(picture, "n_frames", 1)
    if frames * picture.width * picture.height > MOST_PIXELS_OF_ALL_FRAMES:
        raise Unfit("is too long for a moving picture. Cut it, or link to a video.")
    for number in range(frames):
        picture.seek(number)
        picture.load()


def written_anew(picture: Image.Image, kind: str) -> Written:
    """The same picture, upright, in the colours of the web (sRGB), without anything beside pixels."""
    as_it_was = not _turned(picture) and "icc_profile" not in picture.info
    untouched = picture.format == "JPEG" and as_it_was and picture.mode in ("L", "RGB")
    picture.load()
    plain = picture if untouched else _upright(picture, kind)
    lossless = kind == "image/webp" and not _is_lossy(picture)
    _forget(plain)
    options: dict[str, dict[str, Any]] = {
        "image/jpeg": {"quality": "keep" if untouched else QUALITY, "comment": b""},
        "image/png": {"optimize": True},
        "image/webp": {"lossless": lossless, "quality": QUALITY, "method": 4},
        "image/gif": {},
    }
    return _written(plain, FORMATS[kind], **options[kind])


def copies(data: bytes, wanted: Iterable[tuple[int, str]]) -> Iterator[bytes]:
    """Copies of a clean picture, for each width and extension in order.  Raises Unfit."""
    with opened(data) as picture:
        kind, size = picture.format, picture.size
        colours = _for_the_web(picture)
        made: dict[int, Image.Image] = {picture.width: colours}
        for width, extension in wanted:
            if width not in made:
                height = max(round(size[1] * width / size[0]), 1)
                made[width] = colours.resize((width, height), Image.Resampling.LANCZOS)
            yield _copy(made[width], EXTENSIONS[extension], lossless=kind == "PNG")


def _copy(picture: Image.Image, format: str, *, lossless: bool) -> bytes:
    match format:
        case "JPEG":
            return _written(picture.convert("RGB"), "JPEG", quality=QUALITY_OF_COPIES).data
        case "WEBP":
            return _written(
                picture, "WEBP", lossless=lossless, quality=QUALITY_OF_COPIES, method=4
            ).data
    return _written(picture, format, optimize=True).data


def _written(picture: Image.Image, format: str, **options: object) -> Written:
    out = BytesIO()
    if format == "JPEG":
        options |= {"optimize": True, "progressive": True}
    picture.save(out, format, **options)
    return Written(picture.size, out.getvalue())


def _turned(picture: Image.Image) -> bool:
    return bool(picture.getexif().get(0x0112, 1) != 1)


def _is_lossy(picture: Image.Image) -> bool:
    """Of a WebP, by its chunk `VP8 ` (RFC 9649, 2.5)."""
    stream: IO[bytes] | None = picture.fp  # type: ignore[attr-defined]
    if stream is None:
        return True
    stream.seek(0)
    head: bytes = stream.read(64)
    return b"VP8L" not in head


def _upright(picture: Image.Image, kind: str) -> Image.Image:
    turned = ImageOps.exif_transpose(picture)
    right = _in_srgb(turned)
    if right.mode in _DEEP:
        right = _eight_bits(right)
    if kind == "image/jpeg" and right.mode not in ("L", "RGB"):
        right = right.convert("RGB")
    return right


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Colours as they were meant: the profile is applied, then it is not needed any more."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        made = ImageCms.profileToProfile(
            picture, meant, ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError):
        return picture  # a profile that makes no sense says nothing about colours
    return made or picture


def _eight_bits(picture: Image.Image) -> Image.Image:
    _, high = picture.getextrema()
    span = max(float(high), 255.0)  # type: ignore[arg-type]
    if picture.mode.startswith("I;16") or (picture.mode == "I" and span > 255):
        span = 65535.0
    return picture.convert("I").point(lambda value: value * (255.0 / span)).convert("L")


def _for_the_web(picture: Image.Image) -> Image.Image:
    """With all its colours, and what is transparent."""
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    return picture.convert("RGBA" if has_alpha else "RGB")


def _forget(picture: Image.Image) -> None:
    """Leave out all that is beside pixels, but what is transparent."""
    picture.info = {
        key: value for key, value in picture.info.items() if key in ("transparency", "background")
    }
    picture.getexif().clear()
