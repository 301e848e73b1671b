"""What may be shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Clean:
    """Bytes that may be shown; width and height in pixels, or None for a document."""

    type: str
    width: int | None
    height: int | None
    animated: bool
    data: bytes
