"""Jekyll's Liquid tags, as what we have in their place; those without an equal stay as they are.

Source: jekyllrb.com, "Liquid", "Includes"; Kramdown's `{: .warning }` as Just the Docs uses it.
"""

import re

from app.articles.exchange.page import Page
from app.articles.exchange.relinking import HELD
from app.articles.links.prose import replaced

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+([\w+#-]+)[^%]*%\}[ \t]*\n?(.*?)\n?\{%-?\s*endhighlight\s*-?%\}",
    re.DOTALL,
)
_LINK = re.compile(
    r"(?:\{\{\s*site\.baseurl\s*\}\})?\{%-?\s*(?P<kind>link|post_url)\s+(?P<goal>[^%]+?)\s*-?%\}"
)
_BASE = re.compile(r"\{\{\s*site\.(?:baseurl|url)\s*\}\}")
_FILTERED = re.compile(r"\{\{\s*[\"']([^\"']+)[\"']\s*\|\s*(?:relative_url|absolute_url)\s*\}\}")
_OTHER = re.compile(r"\{%-?\s*(?P<tag>\w+)[^%]*%\}|\{\{(?P<value>[^{}]*)\}\}")
_KRAMDOWN = re.compile(
    r"^\{:[ \t]*\.(?P<tone>note|tip|warning|important|caution|danger|info)[ \t]*\}[ \t]*\n(?P<text>(?:[^\n]+\n?)+)",  # noqa: E501
    re.MULTILINE,
)
_SAID = re.compile(r"^\{:(?![\w.]*TOC)[^}\n]*\}[ \t]*$", re.MULTILINE)
_SHIELD = chr(0xE000)


def translate(page: Page) -> None:
    """Put what we have in place of the tags in a page's body; say which are not understood."""
    start, shielded = page.body_start, []

    def shield(found: re.Match[str]) -> str:
        shielded.append(found[1])
        return f"{_SHIELD}{len(shielded) - 1}{_SHIELD}"

    def hold(found: re.Match[str], at: int) -> str:
        goal = found["goal"].strip()
        goal = f"/{goal}" if found["kind"] == "link" else f"/_posts/{goal}"
        key = f"{HELD}{len(page.pending)}:{goal}"
        page.pending[key] = found[0]
        return key

    def say(found: re.Match[str], at: int) -> str:
        name = found["tag"] or (found["value"] or "").strip() or found[0]
        said = f"The tag {name} has no equal here; it is kept as it stands."
        page.note("W301", said, at=page.original.find(found[0], start))
        return found[0]

    text = _RAW.sub(shield, page.body)
    text = _HIGHLIGHT.sub(lambda found: f"```{found[1]}\n{found[2]}\n```", text)
    text = replaced(text, _LINK, hold)
    text = _FILTERED.sub(lambda found: found[1], _BASE.sub("", text))
    text = replaced(text, _KRAMDOWN, lambda found, _: _callout(found["tone"], found["text"]))
    text = replaced(text, _OTHER, say)
    text = replaced(text, _SAID, lambda found, at: _noted(page, found[0]))
    page.body = re.sub(f"{_SHIELD}(\\d+){_SHIELD}", lambda found: shielded[int(found[1])], text)


def _callout(tone: str, text: str) -> str:
    return f"/// {tone}\n{text.rstrip()}\n///\n"


def _noted(page: Page, said: str) -> str:
    page.note(
        "W301", f"Attributes {said} mean nothing here; they are kept.", at=page.original.find(said)
    )
    return said
