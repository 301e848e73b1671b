"""Sanitised HTML with the styles that mail programs need on each tag, and nothing they cannot show."""

from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

from markupsafe import Markup

SANS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
MONO = "ui-monospace,Menlo,Consolas,monospace"

_TEXT = f"font:400 16px/25px {SANS};color:#231e18;"
_HEAD = f"margin:20px 0 8px;font:600 16px/24px {SANS};color:#231e18;"
_CELL = (
    f"padding:8px 12px 8px 0;border-top:1px solid #e6dfd2;font:400 15px/22px {SANS};color:#231e18;"
)
_SOFT = "margin:0 0 14px;padding:12px 16px;border:1px solid #e6dfd2;border-radius:8px;background:#fbf8f3;"
_PICTURE = "display:block;max-width:100%;height:auto;border-radius:6px;"
_CODE = f"font:400 14px/21px {MONO};"

_STYLES = {
    "p": ("ink", f"margin:0 0 14px;{_TEXT}"),
    "figcaption": ("ink3", f"margin:0 0 4px;font:400 13px/20px {SANS};color:#6c6254;"),
    "ul": ("ink", f"margin:0 0 14px;padding-left:22px;{_TEXT}"),
    "ol": ("ink", f"margin:0 0 14px;padding-left:22px;{_TEXT}"),
    "dl": ("ink", f"margin:0 0 14px;{_TEXT}"),
    "blockquote": ("line", "margin:0 0 14px;padding-left:16px;border-left:3px solid #e6dfd2;"),
    "hr": ("line", "margin:20px 0;border:0;border-top:1px solid #e6dfd2;"),
    "pre": ("soft ink", f"{_SOFT}{_CODE}color:#231e18;white-space:pre-wrap;"),
    "code": ("", _CODE),
    "a": ("ember", "color:#b0431b;"),
    "table": ("", "margin:0 0 14px;border-collapse:collapse;"),
    "th": ("ink line", _CELL.replace("400", "600")),
    "td": ("ink line", _CELL),
    **{f"h{level}": ("ink", _HEAD) for level in range(2, 7)},
}
_KEPT = {
    "a": ("href",),
    "ol": ("start",),
    "td": ("align", "colspan", "rowspan"),
    "th": ("align", "colspan", "rowspan"),
}
_RENAMED = {"figure": "div", "figcaption": "p", "details": "div", "summary": "p"}
_VOID = frozenset({"br", "hr", "img", "input"})


def dressed(html: str, *, base: str, pictures: Mapping[str, str]) -> Markup:
    """The HTML of `core.markdown`, dressed; relative links lead to pages under `base`.

    `pictures` are content ids by address; other pictures become their names, boxes to tick become signs.
    """
    dresser = _Dresser(base, pictures)
    dresser.feed(html)
    dresser.close()
    return Markup("".join(dresser.parts))  # noqa: S704 - every value in it was escaped


class _Dresser(HTMLParser):
    def __init__(self, base: str, pictures: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures = pictures
        self.base = base.rstrip("/") + "/"
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write the tag with its style, or what stands for it."""
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "img":
                self.parts.append(self._picture(given))
            case "input":
                self.parts.append("☑ " if "checked" in given else "☐ ")
            case _:
                self.parts.append(f"<{_RENAMED.get(tag, tag)}{self._attributes(tag, given)}>")

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag not in _VOID:
            self.parts.append(f"</{_RENAMED.get(tag, tag)}>")

    def handle_data(self, data: str) -> None:
        """Write words."""
        self.parts.append(escape(data, quote=False))

    def _picture(self, given: dict[str, str]) -> str:
        name, content_id = escape(given.get("alt", "")), self.pictures.get(given.get("src", ""))
        if content_id is None:
            return name
        return f'<img src="cid:{escape(content_id)}" alt="{name}" style="{_PICTURE}">'

    def _attributes(self, tag: str, given: dict[str, str]) -> str:
        kept = {name: given[name] for name in _KEPT.get(tag, ()) if name in given}
        if "href" in kept:
            kept["href"] = (
                urljoin(self.base, kept["href"].lstrip("/") or ".")
                if _is_ours(kept["href"])
                else kept["href"]
            )
        look, style = _STYLES.get(tag) or _STYLES.get(_RENAMED.get(tag, tag), ("", ""))
        if "callout" in given.get("class", "").split():
            look, style = "soft", _SOFT
        return "".join(
            f' {name}="{escape(value)}"'
            for name, value in {"class": look, "style": style, **kept}.items()
            if value
        )


def _is_ours(address: str) -> bool:
    """Whether it is an address without scheme and host."""
    return ":" not in address.partition("/")[0] and not address.startswith("//")
