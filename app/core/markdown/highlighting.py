"""Fenced code to the design's code figure, coloured in five classes."""

from functools import cache
from typing import Any

from markupsafe import Markup, escape
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String, _TokenType

from app.core.markdown.guard import reveal

LONGEST = 20_000
"""Characters; longer code is shown without colours."""

_CLASSES = {
    Comment: "tok-c",
    String: "tok-s",
    Generic.Inserted: "tok-s",
    Keyword: "tok-k",
    Operator.Word: "tok-k",
    Generic.Deleted: "tok-k",
    Number: "tok-n",
    Name.Tag: "tok-n",
    Name.Attribute: "tok-n",
    Name.Builtin: "tok-n",
    Name.Function: "tok-n",
    Name.Class: "tok-n",
    Generic.Prompt: "tok-p",
}
_TERMINALS = frozenset({"bash", "sh", "shell", "console", "zsh"})
_FIGURE = Markup(
    '<figure class="code">{caption}<pre><code{language}>{code}\n</code></pre></figure>'
)
_LANGUAGE = Markup(' class="language-{}"')
_SPAN = Markup('<span class="{}">{}</span>')
_CAPTION = Markup("<figcaption><span>{}</span></figcaption>")


def accept(
    _language: str, inputs: dict[str, str], options: dict[str, Any], _attrs: Any, _md: Any
) -> bool:
    """Every fence is code; of its options only `title="…"` means something."""
    if title := inputs.get("title"):
        options["title"] = title
    return True


def figure(
    source: str, language: str, _class: str, options: dict[str, Any], _md: Any, **_: Any
) -> str:
    """The code as a figure with its title or language above it.  The language is never guessed."""
    source, language = reveal(source), (language or "").lower()
    title = options.get("title") or _title(language)
    caption = _CAPTION.format(title) if title else Markup("")
    named = _LANGUAGE.format(language) if language else ""
    return _FIGURE.format(caption=caption, language=named, code=coloured(source, language))


def coloured(source: str, language: str) -> Markup:
    """The code with a span around each telling token; plain when the language is not known."""
    if language not in _lexers() or len(source) > LONGEST:
        return escape(source)
    parts: list[list[str]] = []
    for kind, text in get_lexer_by_name(language, stripnl=False).get_tokens(source):
        name = _class_of(kind)
        if parts and parts[-1][0] == name:
            parts[-1][1] += text
        else:
            parts.append([name, text])
    if "".join(text for _, text in parts) != f"{source}\n":
        return escape(source)  # what the lexer lost or changed is worth more than its colours
    parts[-1][1] = parts[-1][1][:-1]
    return Markup("").join(_SPAN.format(name, text) if name else text for name, text in parts)


def _title(language: str) -> str:
    return "Terminal" if language in _TERMINALS else _lexers().get(language, "")


@cache
def _lexers() -> dict[str, str]:
    """The names a fence may give its language, with what people call it."""
    plain = {"text", "output", "plain"}
    return {
        alias: name
        for name, aliases, _, _ in get_all_lexers(plugins=False)
        for alias in aliases
        if alias not in plain
    }


@cache
def _class_of(kind: _TokenType) -> str:
    """The class of the nearest kind above that has one."""
    return next((_CLASSES[each] for each in reversed(kind.split()) if each in _CLASSES), "")
