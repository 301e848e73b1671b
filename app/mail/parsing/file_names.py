"""Names of files from strangers, made fit to be shown: no path, nothing that hides or reverses, no device."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 200
LONGEST_BYTES = 240
LONGEST_SUFFIX = 12

_DRIVE = re.compile(r"^[A-Za-z]:")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE
)
_EXTENSIONS = {
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/rfc822-headers": ".txt",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "message/feedback-report": ".txt",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/json": ".json",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "application/pgp-signature": ".asc",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "application/ms-tnef": ".dat",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "video/mp4": ".mp4",
}


def safe_name(name: str) -> str:
    """The last part of the path, without what hides, reverses, breaks or is a device; "" for nothing."""
    last = re.split(r"[/\\]", name.rstrip("/\\ "))[-1]
    seen = "".join(
        char
        for char in unicodedata.normalize("NFC", last)
        if unicodedata.category(char) not in _HIDDEN
    )
    plain = " ".join(_DRIVE.sub("", seen).split()).strip(". ")
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    return _shortened(plain)


def made_up(content_type: str, *, said: str | None = None) -> str:
    """A name for a file that came without one; `said` is what it is about, if it says so."""
    kind = content_type.partition("/")[0]
    stem = safe_name(said or "") or {"image": "image", "message": "message", "text": "text"}.get(
        kind, "file"
    )
    return _shortened(stem + _EXTENSIONS.get(content_type, ".bin"))


def _shortened(name: str) -> str:
    """Cut the stem, keep the suffix: it tells what program opens the file."""
    if len(name) <= LONGEST and len(name.encode()) <= LONGEST_BYTES:
        return name
    suffix = PurePosixPath(name).suffix
    kept = suffix if len(suffix) <= LONGEST_SUFFIX else ""
    stem = name[: LONGEST - len(kept)].encode()[: LONGEST_BYTES - len(kept.encode())]
    return stem.decode("utf-8", "ignore").rstrip(". ") + kept
