"""The first sentences of a Markdown text, without its markup."""

import re

_READ_AT_MOST = 20_000
"""Characters; what people see of a longer text comes from its beginning."""

_FENCES = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_BLOCK_MARKS = re.compile(
    r"^[ \t>]*(?:#{1,6}[ \t]+|`{3,}[^`\n]*$|~{3,}.*$"
    r"|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,9}[.)][ \t]+|\[!\w+\]|/{3,}.*$"
    r"|[|:=_*-][|:=_*\s-]*$|\[\^?[^\]\n]{1,80}\]:.*$)?",
    re.M,
)
_HEADINGS = re.compile(r"^ {0,3}#{1,6}[ \t][^\n]*$", re.M)
_TAGS = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<!--.{0,500}?-->", re.S)
_LINKS = re.compile(r"!?\[([^\[\]\n]{0,300})\](?:\([^()\n]{0,500}\)|\[[^\[\]\n]{0,100}\])")
_NOTES = re.compile(r"\[\^[^\[\]\n]{1,50}\]|\{#[\w-]{1,80}\}")
_EMPHASIS = re.compile(
    r"(?<!\\)(?:(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|\*+(?=\S)|(?<=\S)\*+|~~|==|`+)"
)
_ESCAPES = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")


def excerpt(text: str, *, length: int) -> str:
    """At most `length` characters of plain text in one line.

    Code blocks, tables' rules and headings are left out.  The cut is after a sentence if one ends
    in the second half, else between words with an ellipsis.
    """
    plain = plain_text(_HEADINGS.sub("", _without_code(text)))
    if len(plain) <= length:
        return plain
    ends = [match.end() for match in _SENTENCE_END.finditer(plain, length // 2, length + 1)]
    if ends and ends[-1] <= length:
        return plain[: ends[-1]]
    words, _, _ = plain[:length].rpartition(" ")
    return (words or plain[: length - 1]).rstrip(" ,;:–-") + "…"


def plain_text(text: str) -> str:
    """Markdown as one line of plain words, code included."""
    plain = _TAGS.sub(" ", _BLOCK_MARKS.sub("", text[:_READ_AT_MOST]))
    plain = _NOTES.sub("", _LINKS.sub(r"\1", plain)).replace("|", " ")
    return " ".join(_ESCAPES.sub(r"\1", _EMPHASIS.sub("", plain)).split())


def _without_code(text: str) -> str:
    return _FENCES.sub("", text[:_READ_AT_MOST])
