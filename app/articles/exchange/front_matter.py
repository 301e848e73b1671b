"""Front matter as sites have it: YAML, also with the slips that people make in it; TOML; JSON."""

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from app.articles.files.fault import Fault, Faulty
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Value, read_mapping

_TOML = re.compile(r"\A\+\+\+[ \t]*\n(?P<inside>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.M)
_JSON = re.compile(r"\A\{[ \t]*\n")
_PLAIN_LINE = re.compile(r"^(?P<key>[A-Za-z_][\w-]*):[ \t]+(?P<value>\S.*)$", re.MULTILINE)


@dataclass
class Opened:
    """A text taken apart."""

    front: dict[str, Value] = field(default_factory=dict)
    body: str = ""
    head: Manuscript | None = None
    """The YAML, where its lines can stay as they are."""
    faults: list[tuple[str, str, int]] = field(default_factory=list)
    """What had to be mended: code, sentence, line."""


def open_text(text: str) -> Opened:
    """The front matter of a text, and its body.  Never raises: what cannot be read is body."""
    if found := _TOML.match(text):
        return _toml(text, found)
    if _JSON.match(text):
        return _json(text)
    try:
        manuscript = Manuscript.of(text)
    except Faulty as fault:
        return Opened(body=text, faults=[_told(fault.faults[0], "It is kept as part of the text.")])
    if not manuscript.opening:
        return Opened(body=text)
    return _yaml(manuscript)


def plain(value: Any) -> Value:
    """Texts, lists and mappings, as our own front matter has them."""
    match value:
        case dict():
            return {str(key): plain(each) for key, each in value.items()}
        case list():
            return [plain(each) for each in value]
        case bool():
            return str(value).lower()
        case None:
            return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _yaml(manuscript: Manuscript) -> Opened:
    try:
        entries = read_mapping(manuscript.settings, path="", first_line=2)
    except Faulty as fault:
        return _mended(manuscript, fault.faults[0])
    front = {key: entry.value for key, entry in entries.items()}
    return Opened(front, manuscript.body, manuscript)


def _mended(manuscript: Manuscript, fault: Fault) -> Opened:
    """With tabs as spaces, which YAML forbids and people write; else the plain lines alone."""
    try:
        entries = read_mapping(manuscript.settings.replace("\t", "  "), path="", first_line=2)
    except Faulty:
        lines = {
            found["key"]: found["value"].strip("\"'")
            for found in _PLAIN_LINE.finditer(manuscript.settings)
        }
        said = "Its plain lines were read, the others are in the first revision."
        return Opened(dict(lines), manuscript.body, faults=[_told(fault, said)])
    front = {key: entry.value for key, entry in entries.items()}
    return Opened(front, manuscript.body, faults=[_told(fault, "Tabs were read as spaces.")])


def _toml(text: str, found: re.Match[str]) -> Opened:
    try:
        front = tomllib.loads(found["inside"])
    except tomllib.TOMLDecodeError as fault:
        line = int(match[1]) + 1 if (match := re.search(r"line (\d+)", str(fault))) else 1
        return Opened(body=text, faults=[("W305", f"TOML: {fault}. It is kept as text.", line)])
    return Opened({key: plain(value) for key, value in front.items()}, text[found.end() :])


def _json(text: str) -> Opened:
    try:
        front, end = json.JSONDecoder().raw_decode(text)
    except (json.JSONDecodeError, RecursionError):
        return Opened(body=text)
    return Opened({key: plain(value) for key, value in front.items()}, text[end:].lstrip("\n"))


def _told(fault: Fault, then: str) -> tuple[str, str, int]:
    return "W305", f"{fault.message} {then}", fault.line
