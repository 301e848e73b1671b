"""Lists of words that lie beside the modules that use them, in TOML: parts of regular expressions."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def read(beside: str, name: str) -> dict[str, Any]:
    """The lists in a file beside the module whose `__file__` is given."""
    return tomllib.loads((Path(beside).parent / name).read_text("utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, so that none hides another."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern without regard to case; `^` is every line's beginning."""
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
