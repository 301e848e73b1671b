"""Bytes to text, whatever their sender says or does not say about their character set."""

import codecs
import re

LONGEST_GUESS = 20_000
"""Bytes that are looked at to guess a character set: more says no more."""

_SUPERSETS = {
    # What senders name, and what they mean: every name on the left is a subset of the right one,
    # and mail programs write the right one under the left name (WHATWG Encoding Standard, 4.2).
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cn-gb": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext",
    "cp50221": "iso2022_jp_ext",
    "x-euc-jp": "euc_jp",
    "big5": "cp950",
    "x-x-big5": "cp950",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ce": "mac_latin2",
    "visual": "iso-8859-8",
}
_NOT_TEXT = frozenset(
    # Python's codecs that turn bytes to bytes or run code paths of their own.
    [
        "base64",
        "bz2",
        "hex",
        "quopri",
        "rot13",
        "rot_13",
        "uu",
        "zlib",
        "idna",
        "punycode",
        "unicode_escape",
        "undefined",
        "mbcs",
        "oem",
        "raw_unicode_escape",
        "unicode_internal",
        "string_escape",
        "zip",
        "x-user-defined",
    ]
)
MULTI_BYTE = frozenset({"gb18030", "cp950", "cp949", "cp932", "euc_jp", "iso2022_jp_ext"})
_WESTERN = frozenset({"cp1252", "iso8859-15", "utf-8"})
_JIS = re.compile(rb"\x1b\$[@B]((?:[\x21-\x7e]{2})*)(?:\x1b\([BJ]|(?=\x1b)|\Z)")
_HIGH = bytes(byte | 0x80 for byte in range(256))
_ISO_2022 = re.compile(rb"\x1b[$(][@A-DIJ]")
_FOLLOWED = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")


def text_of(data: bytes, declared: str | None) -> tuple[str, bool]:
    """The text, and whether the declaration (None: there is none) held.  Never raises."""
    codec = codec_named(declared)
    if data.isascii() and codec in (None, *_WESTERN) and not _ISO_2022.search(data):
        return data.decode("ascii"), codec is not None or not declared
    if codec is None:
        return _guessed(data), not declared
    try:
        text = data.decode(codec)
    except (UnicodeError, ValueError):
        return _salvaged(data, codec), False
    if codec in _WESTERN and codec != "utf-8" and _is_utf_8(data):
        return data.decode("utf-8"), False
    return text, True


def codec_named(declared: str | None) -> str | None:
    """The codec for what a sender calls a character set; None when nobody knows it."""
    name = (declared or "").strip(" \t\"'<>;").lower().removeprefix("charset=").strip("\"'")
    name = _SUPERSETS.get(name) or _SUPERSETS.get(name.replace("_", "-")) or name
    name = re.sub(r"^(?:cp|windows|win|x-cp)[-_]?(\d{3,4})$", r"cp\1", name)
    if name in _NOT_TEXT or name.replace("-", "_").removesuffix("_codec") in _NOT_TEXT:
        return None
    try:
        return codecs.lookup(name).name if name else None
    except (LookupError, ValueError, UnicodeError):
        return None


def _salvaged(data: bytes, codec: str) -> str:
    """The text of bytes that are not what they are declared to be."""
    if codec != "utf-8" and _is_utf_8(data):
        return data.decode("utf-8")
    if codec == "cp1252":
        return _cp1252(data)
    if codec == "iso2022_jp_ext":
        return _japanese(data)
    text = data.decode(codec, "replace")
    if text.count("\ufffd") * 50 <= len(text) or (codec == "utf-8" and _mostly_utf_8(data)):
        return text
    return _guessed(data)


def _japanese(data: bytes) -> str:
    """Japanese that is not the ISO-2022-JP it is said to be: Shift_JIS, or with NEC's characters in it.

    Those (such as ①) lie in row 13, which JIS X 0213 has as well.
    """
    if not data.isascii():
        return data.decode("cp932", "replace")
    return _JIS.sub(
        lambda match: match[1].translate(_HIGH).decode("euc_jis_2004", "replace").encode(), data
    ).decode("utf-8", "replace")


def _guessed(data: bytes) -> str:
    """The text of bytes that come without a word about them."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if _is_utf_8(data):
        return data.decode("utf-8")
    if data.isascii():
        codec = "iso2022_jp_ext" if _ISO_2022.search(data) else "ascii"
        return data.decode(codec, "replace")
    if _mostly_utf_8(data):
        return data.decode("utf-8", "replace")
    likely = _likeliest(data[:LONGEST_GUESS]) if len(data) > 60 else None
    if likely is None or likely in ("ascii", "utf_8"):
        return _cp1252(data)
    return data.decode(likely, "replace")


def _likeliest(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 2 MB, for the worst mails only

    best = from_bytes(data).best()
    return best.encoding if best else None


def _is_utf_8(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeError:
        return False
    return True


def _mostly_utf_8(data: bytes) -> bool:
    """Whether it is UTF-8 with a few wounds: far more whole characters than broken ones."""
    whole = len(_FOLLOWED.findall(data))
    return whole > data.decode("utf-8", "replace").count("\ufffd")


def _cp1252(data: bytes) -> str:
    """Windows-1252, its five holes filled as browsers fill them (WHATWG)."""
    return data.decode("cp1252", "western_holes")


def _fill_hole(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return chr(fault.object[fault.start]), fault.start + 1


codecs.register_error("western_holes", _fill_hole)
