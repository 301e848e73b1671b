"""Where mail programs put the history in HTML: the places that they mark themselves.

Quotes that are blockquotes are left to the text, where they get their signs: people answer between them.
"""

import re

from lxml import etree
from lxml.html import HtmlElement

MOST_ANSWERED = 10
"""Histories with answers in them that are looked into."""

_CONTAINERS = frozenset(
    # Classes and ids of elements that hold history and nothing else.
    (
        *(
            "gmail_quote",
            "yahoo_quoted",
            "protonmail_quote",
            "tutanota_quote",
            "zmail_extra",
            "alimail-quote",
        ),
        *(
            "sh-quoted-content",
            "missive_quote",
            "front-blockquote",
            "freshdesk_quote",
            "mailru-blockquote",
        ),
        *(
            "mail-app-auto-quote",
            "messageReplySection",
            "isReplyContent",
            "isForwardContent",
            "quoted-text",
        ),
        *("OLK_SRC_BODY_SECTION", "mail-editor-reference-message-container", "__QUOTED_TEXT__"),
        *("moz-forward-container", "gmail_quote_container", "hs_reply", "ticket-history"),
    )
)
_BEGINNINGS = frozenset(
    # Those of elements from which on everything is history.
    (
        "divRplyFwdMsg",
        "appendonsend",
        "stopSpelling",
        "zwchr",
        "__DIVIDER__",
        "__HEADERS__",
        "_MailOriginal",
    )
)
_SIGNATURES = frozenset(
    (
        *(
            "gmail_signature",
            "moz-signature",
            "protonmail_signature_block",
            "ymail_android_signature",
        ),
        *("ms-outlook-mobile-signature", "__SIG_POST__", "__SIG_PRE__", "bloop_sign"),
    )
)
_LINE_ABOVE = re.compile(
    # Outlook draws a line above the headers of what it quotes, and its padding is always the same.
    r"border-top:\s*solid\s*#[0-9a-f]{6}\s*1\.0pt;\s*padding:\s*3\.0pt"
    r"|border-top:\s*(?:#[0-9a-f]{6}|rgb\([\d, ]+\))\s*1pt\s*solid;[^;]*;?\s*padding[^;]*3pt"
    r"|border-top-color:\s*rgb\(229,\s*229,\s*229\)",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[\W_]*")


def cut(tree: HtmlElement) -> bool:
    """Take the history out of a document; whether there was any.  Signatures that are marked go as well."""
    has_cut, dropped, answered = False, [], 0
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        marks = _marks(element)
        if marks & _BEGINNINGS or _has_line_above(element):
            _cut_from(element)
            has_cut = True
            break
        is_history = element.tag == "includetail" or (
            element.tag == "div" and element.get("name") == "quote"  # GMX
        )
        if marks & _CONTAINERS and answered < MOST_ANSWERED:
            is_history = not _is_answered(element)
            answered += not is_history
        if is_history or marks & _SIGNATURES:
            has_cut = has_cut or is_history
            dropped.append(element)
            walk.skip_subtree()
    for element in dropped:
        if element.getparent() is not None:
            element.drop_tree()
    return has_cut


def _marks(element: HtmlElement) -> frozenset[str]:
    """What an element is called, without what Outlook puts before the names of others."""
    names = " ".join(
        element.get(name) or "" for name in ("class", "id", "name", "data-marker")
    ).split()
    return frozenset(re.sub(r"^(?:x_)+", "", name) for name in names)


def _has_line_above(element: HtmlElement) -> bool:
    return element.tag == "div" and bool(_LINE_ABOVE.search(element.get("style") or ""))


def _is_answered(element: HtmlElement) -> bool:
    """Whether somebody wrote below a quote within the history, as people do who answer point by point."""
    quotes = [each for each in element.iter("blockquote") if each is not element]
    if not quotes or element.tag == "blockquote":
        return False
    within = {each for quote in quotes for each in quote.iter()}
    seen = False
    for each in element.iter("*"):
        seen = seen or each in within
        if seen and each not in within and not _NOTHING.fullmatch(each.text or ""):
            return True
        outside = each in quotes and each.getparent() not in within
        if seen and (each not in within or outside) and not _NOTHING.fullmatch(each.tail or ""):
            return each is not element
    return False


def _cut_from(element: HtmlElement) -> None:
    """Take out the element and everything behind it."""
    parent = element.getparent()
    place: HtmlElement | None = element
    while place is not None and (parent := place.getparent()) is not None:
        for behind in list(place.itersiblings()):
            parent.remove(behind)
        place.tail = None
        place = parent
    if element.getparent() is not None:
        element.getparent().remove(element)
