"""HTML of a mail as text."""

import re
from html import unescape

import lxml.html
from inscriptis import Inscriptis
from inscriptis.model.config import ParserConfig
from lxml import etree
from lxml.html import HtmlElement

LONGEST_HTML = 2_000_000
"""Characters of HTML that are read."""

DEEPEST = 200
"""Elements within elements; deeper HTML is only rid of its tags."""

_CONFIG = ParserConfig(display_images=False)
_UNSEEN = ("head", "style", "script", "title", "template", "noscript", "object", "svg")
_TAGS = re.compile(
    r"<(?:style|script|head)\b[^>]{0,2000}>.*?</(?:style|script|head)\s*>|<[^>]{0,5000}>",
    re.DOTALL | re.IGNORECASE,
)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\xa0]+\n")
_GAPS = re.compile(r"\n{3,}")


def tree_of(html: str) -> HtmlElement | None:
    """The document; None for nothing, or for what is nested too deep to be a mail."""
    try:
        tree = lxml.html.document_fromstring(
            _DECLARED.sub("", html[:LONGEST_HTML].replace("\x00", ""))
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if _depth(tree) <= DEEPEST else None


def text_of(html: str) -> str:
    """What a reader sees of the HTML."""
    tree = tree_of(html)
    return text_of_tree(tree) if tree is not None else without_tags(html[:LONGEST_HTML])


def text_of_tree(tree: HtmlElement) -> str:
    """What a reader sees of the document."""
    etree.strip_elements(
        tree, etree.Comment, etree.ProcessingInstruction, *_UNSEEN, with_tail=False
    )
    text = Inscriptis(tree, _CONFIG).get_text()
    return _GAPS.sub("\n\n", _BLANKS.sub("\n", text.replace("\xa0", " ") + "\n")).strip("\n")


def without_tags(html: str) -> str:
    """The text between the tags."""
    return _GAPS.sub("\n\n", unescape(_TAGS.sub(" ", html))).strip()


def _depth(tree: HtmlElement) -> int:
    """How deep elements are nested."""
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
