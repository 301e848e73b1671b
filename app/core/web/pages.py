"""Pages of long lists: by key, never by offset."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Key = str | int | float | None
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list, where the next page begins, and the one before ends; None at an end."""

    items: list[T]
    after: str | None = None
    before: str | None = None


def encode_cursor(*values: Key) -> str:
    """Sort values of a row as one text for the query string."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def decode_cursor(text: str, *, parts: int) -> list[Key] | None:
    """The values again; None for anything that is no cursor of that many parts."""
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError):
        return None
    plain = isinstance(values, list) and all(map(_fits_a_column, values))
    return values if plain and len(values) == parts else None


def _fits_a_column(value: object) -> bool:
    """Whether a database takes it: cursors come from outside, whoever made them."""
    match value:
        case str():
            return "\0" not in value
        case int():
            return -LARGEST - 1 <= value <= LARGEST
        case _:
            return isinstance(value, float | None)
