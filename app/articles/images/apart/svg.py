"""Drawings (SVG) made harmless: only elements and attributes that draw stay, and nothing from elsewhere."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from app.articles.images.apart.unfit import Unfit

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
LARGEST_BYTES = 2_000_000
LARGEST_SIDE = 10_000
DEFAULT_SIZE = (300, 150)
"""Of a drawing that says nothing about it (CSS Images 3, 5.1)."""

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_ELEMENTS = frozenset(_WORDS["elements"].split())
_ATTRIBUTES = frozenset(_WORDS["attributes"].split())
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HREF = frozenset({"href", f"{{{XLINK}}}href"})
_PIXELS_INSIDE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_URL = re.compile(r"url\s*\(\s*(?![\"']?#)", re.IGNORECASE)
_FROM_ELSEWHERE = re.compile(
    r"@import|@font-face|@namespace|image-set|image\s*\(|src\s*\(|expression|javascript:|behavior"
    r"|-moz-binding|\\",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)(px|pt|in|cm|mm|em|rem)?\s*")
_PIXELS = {"pt": 4 / 3, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "em": 16, "rem": 16}


@dataclass(frozen=True)
class Drawing:
    """A drawing that may be shown; its size in CSS pixels."""

    width: int
    height: int
    data: bytes


def clean(data: bytes) -> Drawing:
    """The drawing without anything that acts, or asks for something elsewhere.  Raises Unfit."""
    if len(data) > LARGEST_BYTES:
        raise Unfit("is a drawing of more than 2 MB. Save it as a PNG.")
    if b"<!ENTITY" in data.replace(b"\0", b"").upper():
        raise Unfit("defines entities, which could hide anything. Save it again without them.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise Unfit(f"is no drawing that can be read: {fault.msg}.") from fault
    if root.tag != f"{{{SVG}}}svg":
        raise Unfit("is no SVG drawing: its first element is another.")
    _clean_below(root)
    made = etree.ElementTree(_bare(root))
    return Drawing(*_size(root), etree.tostring(made, xml_declaration=True, encoding="utf-8"))


def _clean_below(root: etree._Element) -> None:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        for name, value in list(element.attrib.items()):
            if not _may_stay(element, str(name), str(value)):
                del element.attrib[name]
        for child in list(element):
            if _is_known(child):
                waiting.append(child)
            else:
                _remove(element, child)


def _is_known(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    name = etree.QName(element)
    if name.namespace != SVG or name.localname not in _ELEMENTS:
        return False
    return name.localname != "style" or (len(element) == 0 and _is_harmless(element.text or ""))


def _may_stay(element: etree._Element, name: str, value: str) -> bool:
    if name in _HREF:
        if etree.QName(element).localname == "image":
            return _PIXELS_INSIDE.fullmatch(value.strip()) is not None
        return value.strip().startswith("#")
    return name == _SPACE or (name in _ATTRIBUTES and _is_harmless(value))


def _is_harmless(style: str) -> bool:
    """Whether a style asks for nothing from elsewhere; `url(#…)` is something in the drawing."""
    plain = _COMMENT.sub("", style)
    return not (_URL.search(plain) or _FROM_ELSEWHERE.search(plain))


def _remove(parent: etree._Element, child: etree._Element) -> None:
    """Take an element out, but leave the text behind it, which stands in its parent."""
    tail, before = child.tail or "", child.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(child)


def _bare(root: etree._Element) -> etree._Element:
    """The root without document type, and without names of spaces that nothing uses any more."""
    etree.cleanup_namespaces(root, top_nsmap={None: SVG})
    return etree.fromstring(etree.tostring(root, with_tail=False))


def _size(root: etree._Element) -> tuple[int, int]:
    box = [float(each) for each in re.findall(r"-?[0-9]*\.?[0-9]+", str(root.get("viewBox") or ""))]
    width, height = (_pixels(str(root.get(name) or "")) for name in ("width", "height"))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        ratio = box[3] / box[2]
        width = width or (height / ratio if height else box[2])
        height = height or width * ratio
    width, height = width or DEFAULT_SIZE[0], height or DEFAULT_SIZE[1]
    return _bounded(width), _bounded(height)


def _pixels(length: str) -> float | None:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS.get(found[2] or "px", 1) if found else None


def _bounded(side: float) -> int:
    return min(max(round(side), 1), LARGEST_SIDE)
