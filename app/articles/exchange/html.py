"""HTML as Markdown; what Markdown has no way to say stays as plain HTML, and is said.

markdownify was measured against html2text (GPL) and html-to-markdown (one binary, cannot be taught our
callouts): it is the one whose rules can be replaced one by one.
"""

import re
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from markdownify import MarkdownConverter

from app.articles.exchange.converted import Converted

_ADDRESS = re.compile(
    r"https://(?:www\.)?(?:youtube(?:-nocookie)?\.com/embed/([\w-]+)|player\.vimeo\.com/video/(\d+))"
)
_DEEPEST = 200
_DROPPED = ("script", "style", "template", "noscript")
_LEFT = ("video", "audio", "object", "embed", "form", "svg", "math", "canvas")
_TONES = {
    "warning": "warning",
    "danger": "danger",
    "error": "danger",
    "tip": "tip",
    "success": "tip",
    "info": "note",
    "note": "note",
}


def as_markdown(html: str) -> Converted:
    """The text of a page, or of a part of one."""
    soup = BeautifulSoup(html, "lxml", multi_valued_attributes=None)
    done = Converted("")
    heading = soup.find("title") or soup.find("h1")
    done.title = " ".join(heading.get_text().split()) if isinstance(heading, Tag) else ""
    _clean(soup, html, done)
    body = soup.find("main") or soup.find("article") or soup.body or soup
    if _depth(body) > _DEEPEST:
        done.odd.append(("It is nested too deeply; only its words are kept.", 0))
        done.text = body.get_text("\n")
        return done
    made = _Converter(html, done).convert_soup(body)
    done.text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n(?=\n)", "\n", made)).strip() + "\n"
    return done


def _clean(soup: BeautifulSoup, html: str, done: Converted) -> None:
    for comment in soup.find_all(string=lambda each: isinstance(each, Comment)):
        comment.extract()
    for tag in soup.find_all(_DROPPED):
        if tag.name in ("script", "style"):
            done.odd.append((f"A {tag.name} is left out.", _offset(tag, html)))
        tag.decompose()


class _Converter(MarkdownConverter):
    """markdownify with our rules: callouts, code with its language, tables that are none."""

    def __init__(self, html: str, done: Converted) -> None:
        super().__init__(
            heading_style="atx",
            bullets="-",
            escape_misc=False,
            table_infer_header=True,
            code_language_callback=_language,
        )
        self.html, self.done = html, done

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Videos become what our texts write for them; other frames a link."""
        address = str(el.get("src") or "")
        if found := _ADDRESS.match(address):
            goal = f"https://youtu.be/{found[1]}" if found[1] else f"https://vimeo.com/{found[2]}"
            return f"\n\n![{el.get('title') or 'Video'}]({goal})\n\n"
        self._say(el, "A frame became a link.")
        return f"\n\n<{address}>\n\n" if address.startswith("http") else ""

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Tables that Markdown cannot say stay HTML."""
        odd = el.find(["td", "th"], attrs={"colspan": True}) or el.find(
            ["td", "th"], attrs={"rowspan": True}
        )
        if odd or el.find(["table", "ul", "ol", "pre", "blockquote"]):
            self._say(el, "A table with joined or long cells stays HTML.")
            return f"\n\n{_one_block(str(el))}\n\n"
        return str(super().convert_table(el, text, parent_tags))  # type: ignore[misc]

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Callouts by their usual class names."""
        words = re.split(r"[\s_-]+", str(el.get("class") or "").lower())
        tone = next((_TONES[word] for word in words if word in _TONES), None) or _plain_tone(words)
        if tone and text.strip() and not parent_tags & {"li", "td", "th", "blockquote"}:
            return f"\n\n/// {tone}\n{text.strip()}\n///\n\n"
        return str(super().convert_div(el, text, parent_tags))  # type: ignore[misc]

    def convert_details(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """What opens."""
        summary = el.find("summary")
        title = " ".join(summary.get_text().split()) if summary else "More"
        rest = text.strip().removeprefix(title).strip()
        return f"\n\n/// details | {title}\n{rest}\n///\n\n"

    def _say(self, el: Tag, said: str) -> None:
        self.done.odd.append((said, _offset(el, self.html)))

    def get_conv_fn(self, tag_name: str) -> Any:
        """Elements without an equal stay HTML."""
        return self._kept if tag_name.lower() in _LEFT else super().get_conv_fn(tag_name)  # type: ignore[misc]

    def _kept(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        self._say(el, f"<{el.name}> has no equal here; it is kept as HTML.")
        return f"\n\n{_one_block(str(el))}\n\n"


def _plain_tone(words: list[str]) -> str | None:
    return "note" if "callout" in words else None


def _language(el: Tag) -> str:
    """The language of a code block, by the class of `<pre>` or of the `<code>` in it."""
    inner = el.find("code")
    classes = f"{el.get('class') or ''} {(inner.get('class') or '') if inner else ''}"
    found = re.search(r"(?:lang(?:uage)?|brush:?)[-\s]([\w+#.-]+)", classes)
    return found[1] if found else ""


def _one_block(html: str) -> str:
    return re.sub(r"\n\s*\n", "\n", html)


def _offset(el: Tag, html: str) -> int:
    """Where an element began, as its parser knows."""
    line = el.sourceline or 1
    return sum(len(each) for each in html.splitlines(keepends=True)[: line - 1])


def _depth(root: Tag) -> int:
    deepest, todo = 0, [(root, 0)]
    while todo:
        at, depth = todo.pop()
        deepest = max(deepest, depth)
        todo += [(child, depth + 1) for child in at.children if isinstance(child, Tag)]
    return deepest
