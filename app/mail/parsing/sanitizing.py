"""HTML of strangers made harmless: an allow-list of tags, attributes, styles and schemes.

Whether pictures from elsewhere are loaded is the page's to decide: their addresses stay.
"""

import re
from html import escape

import nh3

from app.mail.parsing import html_text

LONGEST_HTML = 2_000_000
"""Characters of HTML that are kept; the original mail keeps the rest."""

_TAGS = frozenset(
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd "
    "del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main "
    "mark nav ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead "
    "time tr tt u ul var wbr".split()
)
_WITH_CONTENT = frozenset(
    "script style title head template noscript object svg math iframe noembed noframes textarea select".split()
) - {"head"}
_ATTRIBUTES = {
    "*": {"style", "dir", "lang", "title", "align", "valign"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "face", "size"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor"},
    "tr": {"bgcolor", "height"},
    "td": {"width", "height", "bgcolor", "colspan", "rowspan"},
    "th": {"width", "height", "bgcolor", "colspan", "rowspan", "scope"},
    "col": {"width", "span"},
    "colgroup": {"width", "span"},
    "ol": {"start", "type"},
    "li": {"value"},
    "hr": {"width", "size", "color"},
    "time": {"datetime"},
    "blockquote": {"type"},
}
_STYLES = frozenset(
    "color background-color font-family font-size font-style font-weight font-variant line-height "
    "text-align text-decoration text-indent text-transform vertical-align white-space letter-spacing word-spacing "
    "width height max-width min-width padding padding-top padding-right padding-bottom padding-left "
    "margin margin-top margin-right margin-bottom margin-left "
    "border border-top border-right border-bottom border-left border-color border-style border-width "
    "border-collapse border-spacing border-radius list-style-type direction display".split()
)
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
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=_filtered,
        strip_comments=True,
        link_rel="nofollow noopener noreferrer",
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        filter_style_properties=set(_STYLES),
    ).strip()


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, or None to leave it out."""
    if attribute == "style":
        return None if _ASKS_FOR_MORE.search(value) else value
    if attribute in ("href", "src"):
        address = value.strip().lower()
        return value if address.startswith(_SCHEMES.get(tag, ())) else None
    return value
