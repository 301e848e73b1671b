"""HTML of a mail as text: in the order of reading, quotes marked as in plain mails."""

import re
from dataclasses import dataclass, field
from html import unescape

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

LONGEST_HTML = 2_000_000
"""Characters of HTML that are read."""

DEEPEST = 500
"""Elements within elements."""

RULE = "---"
"""What a horizontal line becomes."""

_UNSEEN = frozenset(
    ("head", "style", "script", "title", "template", "noscript", "object", "svg", "math", "select")
)
_PARAGRAPHS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre", "table")
)
_BLOCKS = _PARAGRAPHS | frozenset(
    (
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "address",
        "center",
        "figure",
        "form",
        "tr",
        "li",
        "dt",
        "dd",
        "caption",
        "body",
        "html",
        "fieldset",
        "aside",
        "nav",
        "details",
    )
)
_CELLS = frozenset(("td", "th"))
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_TAGS = re.compile(r"<[^>]{0,5000}>")
_XML = re.compile(r"^\s*<\?xml[^>]{0,500}\?>", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_GAPS = re.compile(r"\n(?:[> ]*\n){2,}")


def charset_in(data: bytes) -> str | None:
    """The character set that a document names itself."""
    match = _META.search(data[:4_096])
    return match[1].decode() if match else None


def tree_of(html: str) -> HtmlElement | None:
    """The document; None if there is none, or one that is nested deeper than mail programs nest."""
    text = _XML.sub("", html[:LONGEST_HTML].replace("\x00", ""))
    try:
        tree = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(huge_tree=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return None if text.count("<") > DEEPEST and _is_too_deep(tree) else tree


def is_too_deep(html: str) -> bool:
    """Whether reading it as a document takes minutes, for the depth of its elements."""
    return html.count("<") > DEEPEST and tree_of(html) is None


def text_of(html: str) -> str:
    """What a reader sees of the HTML."""
    tree = tree_of(html)
    return unescape(_TAGS.sub(" ", html)).strip() if tree is None else text_of_tree(tree)


def text_of_tree(tree: HtmlElement) -> str:
    """What a reader sees of the document."""
    page = _Page()
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and element.tag in _UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            page.enter(element.tag, element)
            page.say(element.text)
        else:
            if event == "end" and element.tag not in _UNSEEN:
                page.leave(element.tag)
            if element is not tree:
                page.say(element.tail)
    return page.text()


@dataclass
class _Page:
    """The text that was read so far."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    depth: int = 0
    preformatted: int = 0

    def enter(self, tag: str, element: HtmlElement) -> None:
        """What the beginning of an element means."""
        if tag == "br":
            self._end_line()
        elif tag == "hr":
            self._break()
            self.lines.append(self._prefix + RULE)
        elif tag in _CELLS:
            if self.line:
                self.line.append(" ")
        elif tag in _BLOCKS:
            self._gap() if tag in _PARAGRAPHS else self._break()
        if tag == "blockquote":
            self.depth += 1
        elif tag == "pre":
            self.preformatted += 1
        elif tag == "li":
            self.line.append("* ")
        elif tag == "img" and (alt := element.get("alt")) and len(alt) <= 2:
            self.line.append(alt)  # emoji, as Gmail and Outlook write them

    def leave(self, tag: str) -> None:
        """What the end of an element means."""
        if tag in _BLOCKS:
            self._break()
        if tag == "blockquote":
            self.depth -= 1
        elif tag == "pre":
            self.preformatted -= 1
        if tag in _PARAGRAPHS:
            self._gap()

    def say(self, words: str | None) -> None:
        """Text, with its blanks as a browser shows them."""
        if not words:
            return
        if self.preformatted:
            first, *others = words.split("\n")
            self.line.append(first)
            for each in others:
                self._end_line()
                self.line.append(each)
            return
        words = _BLANKS.sub(" ", words)
        if words.startswith(" ") and (not self.line or self.line[-1].endswith(" ")):
            words = words[1:]
        if words:
            self.line.append(words)

    def text(self) -> str:
        """All of it."""
        self._break()
        return _GAPS.sub("\n\n", "\n".join(self.lines)).strip("\n").replace("\xa0", " ")

    @property
    def _prefix(self) -> str:
        return "> " * min(self.depth, 10)

    def _break(self) -> None:
        if "".join(self.line).strip(" "):
            self._end_line()
        self.line.clear()

    def _gap(self) -> None:
        self._break()
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._prefix.rstrip())

    def _end_line(self) -> None:
        self.lines.append((self._prefix + "".join(self.line)).rstrip())
        self.line.clear()


def _is_too_deep(tree: HtmlElement) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            return True
    return False
