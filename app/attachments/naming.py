"""File names from strangers, made fit for a page, a header and a disk."""

import re
import unicodedata
from pathlib import PurePath

LONGEST = 120
LONGEST_SUFFIX = 12

_UNFIT = re.compile(r'[:*?"<>|]')


def clean_name(name: str) -> str:
    """The last part of the path, without what hides, reverses or breaks a name."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(
        char
        for char in unicodedata.normalize("NFC", last)
        if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    plain = " ".join(_UNFIT.sub("_", seen).split()).strip(". ")
    return _shorten(plain) or "file"


def _shorten(name: str) -> str:
    """Cut the stem, keep the suffix: it tells what program opens the file."""
    if len(name) <= LONGEST:
        return name
    suffix = PurePath(name).suffix
    kept = suffix if len(suffix) <= LONGEST_SUFFIX else ""
    return name[: LONGEST - len(kept)].rstrip(". ") + kept
