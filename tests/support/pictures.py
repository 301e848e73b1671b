"""Pictures for tests, as cameras, programs and strangers make them."""

from io import BytesIO
from typing import Any

from PIL import Image

CAMERA = "SECRET camera at 52.5N 13.4E"


def picture(kind: str = "PNG", *, size: tuple[int, int] = (64, 48), **told: Any) -> bytes:
    """A picture with a gradient, so that its copies are not all alike."""
    made = Image.linear_gradient("L").resize(size).convert("RGB")
    out = BytesIO()
    made.save(out, kind, **told)
    return out.getvalue()


def noise(kind: str = "PNG", *, size: tuple[int, int] = (1200, 800)) -> bytes:
    """A picture that cannot be made small, as a photo is."""
    out = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind)
    return out.getvalue()


def photo(*, size: tuple[int, int] = (60, 40), turned: int = 6) -> bytes:
    """A photo that says where it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turned, CAMERA
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", size=size, exif=exif, comment=CAMERA.encode())


def moving(kind: str = "GIF", **told: Any) -> bytes:
    """Three frames."""
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue", "green")]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100, loop=0, **told)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """The picture in some bytes."""
    return Image.open(BytesIO(data))
