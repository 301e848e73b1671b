"""The last gate: only tags, attributes and addresses that are listed here leave."""

import re
from collections.abc import Callable

import nh3

from app.core.markdown.profile import Profile

Link = Callable[[str], str | None]

_TAGS = frozenset(
    {
        *("h2", "h3", "h4", "h5", "h6", "p", "div", "blockquote", "hr", "pre", "figure"),
        *("figcaption", "ul", "ol", "li", "dl", "dt", "dd", "details", "summary", "input"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
        *("a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "mark"),
        *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var"),
    }
)
_HEADINGS = {f"h{level}": {"id"} for level in range(2, 7)}
_ATTRIBUTES = {
    **_HEADINGS,
    "a": {"href", "title", "aria-label"},
    "abbr": {"title"},
    "code": {"class"},
    "details": {"open"},
    "div": {"aria-label"},
    "img": {"src", "alt", "title", "width", "height"},
    "input": {"checked", "aria-label"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
_VALUES = {
    "div": {
        "data-tone": {"info", "ok", "warn", "bad"},
        "role": {"note", "group"},
        "tabindex": {"0"},
    },
}
_CLASSES = {
    "a": {"anchor", "footnote-ref", "footnote-backref"},
    "div": {"callout", "footnote", "tab", "table-wrap", "tabset"},
    "figure": {"code"},
    "p": {"callout-title", "tab-title"},
    "span": {"tok-c", "tok-s", "tok-k", "tok-n", "tok-p", "video"},
    "ul": {"tasks"},
    "ol": {"tasks"},
}
_FORCED = {
    "img": {"loading": "lazy"},
    "input": {"type": "checkbox", "disabled": ""},
    "pre": {"tabindex": "0"},
}
_LANGUAGE = re.compile(r"language-[\w#.+-]{1,40}")
_REL = {Profile.DOCUMENT: "noopener", Profile.COMMENT: "nofollow ugc noopener"}


def sanitise(html: str, *, profile: Profile, link: Link | None, picture: Link | None = None) -> str:
    """The HTML without anything that is not on the lists.

    `link` is asked for each address of a link and gives the one to use, or None for none; `picture`
    the same for each source of a picture.
    """
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        tag_attribute_values=_VALUES,
        set_tag_attribute_values=_FORCED,
        allowed_classes=_CLASSES,
        attribute_filter=_filter(link, picture),
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=_REL[profile],
    )


def _filter(link: Link | None, picture: Link | None) -> Callable[[str, str, str], str | None]:
    def keep(tag: str, attribute: str, value: str) -> str | None:
        match tag, attribute:
            case "code", "class":
                return value if _LANGUAGE.fullmatch(value) else None
            case _, "id":
                return value if value.startswith(("fn", "h-")) else None
            case "img", "src":
                source = picture(value) if picture else value
                return source if source and _is_own(source) else None
            case "a", "href" if value.startswith("#"):
                return value if value.startswith(("#fn", "#h-")) else f"#h-{value[1:].lower()}"
            case "a", "href" if link:
                return link(value)
        return value

    return keep


def _is_own(address: str) -> bool:
    return address.startswith("/") and address[1:2] not in ("/", "\\")
