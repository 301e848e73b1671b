"""The HTML of an article where it is read elsewhere: plain elements, whole addresses, nothing to press."""

import re

import nh3

from app.core.settings import settings

_TAGS = frozenset(
    {
        *("h3", "h4", "h5", "h6", "p", "div", "blockquote", "pre", "ul", "ol", "li", "br"),
        *(
            "a",
            "b",
            "strong",
            "em",
            "i",
            "code",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "img",
        ),
    }
)
_ANCHOR = re.compile(r'<a\b[^>]*\bclass="anchor"[^>]*>#</a>')


def elsewhere(html: str, *, headings: bool = False) -> str:
    """The HTML for feeds and search engines; with its headings of the second level, or without."""
    return nh3.clean(
        _ANCHOR.sub("", html),
        tags=_TAGS | ({"h2"} if headings else set()),
        clean_content_tags={"figcaption", "button"},
        attributes={"a": {"href"}, "img": {"src", "alt"}},
        url_relative=("rewrite_with_base", f"{settings().public_url}/"),
        link_rel=None,
    ).strip()


def without_anchors(html: str) -> str:
    """The same without the small links of headings to themselves."""
    return _ANCHOR.sub("", html)
