"""HTML of strangers made harmless: only tags, attributes, styles and schemes that are allowed stay.

Whether pictures from elsewhere are loaded is the page's to decide: their addresses stay.
"""

import re
from html import escape

import nh3

from app.mail.parsing import html_text, word_lists

LONGEST_HTML = 2_000_000
"""Characters of HTML that are kept; the original mail keeps the rest."""

_ALLOWED = word_lists.read(__file__, "allowed.toml")
_ATTRIBUTES = {tag: set(names) for tag, names in _ALLOWED["attributes"].items()}
_SCHEMES = {"a": ("http:", "https:", "mailto:", "tel:"), "img": ("http:", "https:", "cid:")}
_ASKS_FOR_MORE = re.compile(
    r"url|expression|@import|\\|/\*|image|var\s*\(|attr\s*\(", re.IGNORECASE
)


def sanitized(html: str) -> str:
    """The HTML without anything that runs, loads unasked, leaves its frame or pretends to be ours."""
    html = html[:LONGEST_HTML].replace("\x00", "")
    if html_text.is_too_deep(html):
        return f"<pre>{escape(html_text.text_of(html))}</pre>"
    return nh3.clean(
        html,
        tags=set(_ALLOWED["tags"]),
        clean_content_tags=set(_ALLOWED["emptied"]),
        attributes=_ATTRIBUTES,
        attribute_filter=_filtered,
        strip_comments=True,
        link_rel="nofollow noopener noreferrer",
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        filter_style_properties=set(_ALLOWED["styles"]),
    ).strip()


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, or None to leave it out."""
    if attribute == "style":
        return None if _ASKS_FOR_MORE.search(value) else value
    if attribute in ("href", "src"):
        address = value.strip().lower()
        return value if address.startswith(_SCHEMES.get(tag, ())) else None
    return value
