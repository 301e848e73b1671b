"""Placeholders: `{{requester.name}}` in a text, from a closed list, read by us and by no template engine.

`\\{{` stands for two braces.  What is put in is plain text: it cannot become markup, nor hold
placeholders of its own.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches

KNOWN: Mapping[str, str] = {
    "requester.name": "whoever asked",
    "requester.first_name": "the same, by the first name",
    "requester.email": "their mail address",
    "ticket.number": "the number of the ticket",
    "ticket.subject": "what it is about",
    "ticket.link": "its address, for those who may see it",
    "agent.name": "you, who send the text",
    "agent.first_name": "the same, by the first name",
    "assignee.name": "whoever the ticket is assigned to",
    "team.name": "the team in charge",
    "desk.name": "the name of this desk",
}
"""What each of them stands for."""

_BRACES = re.compile(r"(?P<literal>\\\{\{)|\{\{(?P<name>[^{}\n]*)\}\}|(?P<open>\{\{)")
_MARKUP = re.compile(r"([\\`*\[\]<>~|])")


def fault_in(text: str) -> str:
    """What is wrong with the first placeholder that nobody knows, with its line and column; else empty."""
    for match in _BRACES.finditer(text):
        if match["open"]:
            return (
                f"{_place(text, match.start())}: these braces are not closed. Write {{{{name}}}}."
            )
        if match["name"] is not None and match["name"].strip() not in KNOWN:
            return f"{_place(text, match.start())}: {_unknown(match['name'].strip())}"
    return ""


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with values in place of its placeholders; one without a value says so, visibly."""

    def value(match: re.Match[str]) -> str:
        if match["name"] is None:
            return "{{"
        name = match["name"].strip()
        said = values.get(name, "")
        return _MARKUP.sub(r"\\\1", said) if said else f"[missing: {name}]"

    return _BRACES.sub(value, text)


def missing_in(text: str, values: Mapping[str, str]) -> list[str]:
    """The placeholders of a text that have no value, in their order."""
    names = (match["name"] for match in _BRACES.finditer(text) if match["name"] is not None)
    return [name.strip() for name in names if not values.get(name.strip())]


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return f"Line {line}, column {column}"


def _unknown(name: str) -> str:
    near = get_close_matches(name, KNOWN, n=1, cutoff=0.5)
    advice = f"Did you mean {{{{{near[0]}}}}}?" if near else "See the list below the text."
    return f"there is no {{{{{name}}}}}. {advice}"
