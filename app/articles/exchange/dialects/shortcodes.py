"""Hugo's shortcodes, as what we have in their place; those without an equal stay as they are.

Source: gohugo.io, "Shortcodes", and the themes Book, Docsy and Doks for hints, tabs and references.
"""

import re
from dataclasses import dataclass

from app.articles.exchange.page import Page
from app.articles.exchange.relinking import HELD
from app.articles.links.prose import replaced

_ANY = re.compile(
    r"\{\{(?P<mark>[<%])[ \t]*(?P<close>/)?[ \t]*(?P<name>[\w./-]+)(?P<rest>(?:[^{}]|\{(?!\{)|\}(?!\}))*?)(?P<self>/)?[ \t]*[%>]\}\}"  # noqa: E501
)
_ESCAPED = re.compile(r"\{\{([<%])/\*(.*?)\*/([%>])\}\}")
_ARGUMENT = re.compile(
    r"(?:(?P<key>[\w-]+)=)?(?:\"(?P<d>(?:[^\"\\]|\\.)*)\"|`(?P<b>[^`]*)`|'(?P<s>[^']*)'|(?P<w>[^\s\"'`]+))"
)

_TONES = {
    "info": "info",
    "note": "note",
    "tip": "tip",
    "success": "tip",
    "hint": "hint",
    "warning": "warning",
    "caution": "caution",
    "danger": "danger",
    "error": "error",
    "important": "important",
    "primary": "note",
    "secondary": "note",
    "default": "note",
}
_HINTS = frozenset(
    {
        "hint",
        "callout",
        "alert",
        "admonition",
        "notice",
        "note",
        "tip",
        "warning",
        "info",
        "caution",
        "danger",
        "important",
    }
)
_REFERENCES = frozenset({"relref", "ref"})
_PAGES = frozenset({"page-ref", "page-relref", "button"})
_WIDE = re.compile(r"\n{3,}(?=///)|(?<=///)\n{3,}")


@dataclass(frozen=True)
class _Call:
    name: str
    plain: list[str]
    named: dict[str, str]

    def get(self, *keys: str) -> str:
        """The first of some arguments that is there."""
        return next((self.named[key] for key in keys if self.named.get(key)), "")


def translate(page: Page) -> None:
    """Put what we have in place of the shortcodes in a page's body; say which are not understood."""
    start = page.body_start
    state = _Translator(page, start)
    page.body = replaced(page.body, _ANY, state.replace)
    page.body = replaced(
        page.body, _ESCAPED, lambda found, _: f"{{{{{found[1]}{found[2]}{found[3]}}}}}"
    )
    state.finish()
    page.body = replaced(page.body, _WIDE, lambda found, at: "\n\n")


class _Translator:
    """One walk through a page; remembers which blocks are open."""

    def __init__(self, page: Page, start: int) -> None:
        self.page, self.start = page, start
        self.open: list[tuple[str, str]] = []

    def replace(self, found: re.Match[str], at: int) -> str:
        """What to put in place of one shortcode."""
        call = _call(found["name"], found["rest"])
        made = self._closed(call.name) if found["close"] else self._made(call, found)
        if made is not None:
            return made
        said = f"The shortcode {found['name']} has no equal here; it is kept as it stands."
        self.page.note("W301", said, at=self.start + at)
        return found[0]

    def finish(self) -> None:
        """Close what the page has left open."""
        while self.open:
            name, end = self.open.pop()
            self.page.body += f"\n{end}\n"
            self.page.note("W301", f"The shortcode {name} is never closed; it ends with the page.")

    def _closed(self, name: str) -> str | None:
        for number in range(len(self.open) - 1, -1, -1):
            if self.open[number][0] == name:
                return f"\n{self.open.pop(number)[1]}\n"
        return None

    def _made(self, call: _Call, found: re.Match[str]) -> str | None:
        name = call.name
        if name in _HINTS:
            return self._hint(call)
        if name in _REFERENCES and call.plain + list(call.named.values()):
            return self._held(call.plain[0] if call.plain else call.get("path"), found[0])
        if name in _PAGES and (goal := call.get("page", "ref", "relref", "href")):
            caption = call.get("caption", "title") or goal.rpartition("/")[2]
            return f"[{_label(caption)}]({self._held(goal, found[0])})"
        match name:
            case "caption-link" if call.get("url"):
                return f"[{_label(call.get('caption') or call.get('url'))}]({call.get('url')})"
            case "figure" | "img" | "image" if call.get("src", "link"):
                return _figure(call)
            case "youtube" | "vimeo" if call.plain or call.get("id"):
                id = call.plain[0] if call.plain else call.get("id")
                base = "https://youtu.be/" if name == "youtube" else "https://vimeo.com/"
                return f"![{_label(call.get('title') or 'Video')}]({base}{id})"
            case "gist" if len(call.plain) >= 2:
                return f"<https://gist.github.com/{call.plain[0]}/{call.plain[1]}>"
            case "highlight" | "code":
                lang = call.plain[0] if call.plain else call.get("lang", "language")
                return self._block(name, f"```{lang}", "```")
            case "details" | "expand" | "collapse":
                title = call.get("summary", "title") or " ".join(call.plain) or "More"
                return self._block(name, f"/// details | {title}", "///")
            case "tab" | "tabitem":
                title = call.get("name", "header", "title") or " ".join(call.plain) or "Tab"
                return self._block(name, f"/// tab | {title}", "///")
            case "tabs" | "tabpane":
                return self._block(name, "", "")
        return None

    def _hint(self, call: _Call) -> str:
        style = call.get("style", "type", "color", "context", "level", "icon") or "".join(
            call.plain[:1]
        )
        tone = _TONES.get(style.lower()) or _TONES.get(call.name) or "note"
        title = call.get("title")
        return self._block(call.name, f"/// {tone}" + (f" | {title}" if title else ""), "///")

    def _block(self, name: str, begin: str, end: str) -> str:
        self.open.append((name, end))
        return f"\n{begin}\n"

    def _held(self, goal: str, written: str) -> str:
        key = f"{HELD}{len(self.page.pending)}:{goal.strip()}"
        self.page.pending[key] = written
        return key


def _call(name: str, rest: str) -> _Call:
    plain: list[str] = []
    named: dict[str, str] = {}
    for each in _ARGUMENT.finditer(rest):
        value = next((each[kind] for kind in "dbsw" if each[kind] is not None), "")
        value = value.replace('\\"', '"')
        if each["key"]:
            named[each["key"]] = value
        else:
            plain.append(value)
    return _Call(name, plain, named)


def _figure(call: _Call) -> str:
    caption = call.get("caption", "title")
    picture = f"![{_label(call.get('alt') or caption)}](<{call.get('src', 'link')}>)"
    if " " not in call.get("src", "link"):
        picture = picture.replace("(<", "(").replace(">)", ")")
    return picture + (f"\n\n*{caption.strip('*')}*\n" if caption else "")


def _label(text: str) -> str:
    return text.replace("[", "\\[").replace("]", "\\]")
