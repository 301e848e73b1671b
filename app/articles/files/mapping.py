"""YAML as we allow it: one mapping, every scalar a text, no anchors, aliases or tags."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from app.articles.files.fault import Fault, Faulty, place

Value = str | list[Any] | dict[str, Any]

_MAY_REFER = re.compile("[&*!]")


@dataclass(frozen=True)
class Entry:
    """A value and where its key stands."""

    value: Value
    line: int
    column: int


def read_mapping(text: str, *, path: str, first_line: int = 1) -> dict[str, Entry]:
    """The entries of a YAML text that begins at `first_line` of its file.

    Raises Faulty: E101 syntax, E103 duplicate key, E104 anchor, alias or tag, E105 no mapping.
    """
    try:
        _forbid_references(text, path, first_line)
        root = composed(text)
    except yaml.YAMLError as fault:
        raise Faulty([_syntax(fault, text, path, first_line)]) from fault
    except RecursionError as fault:
        said, fix = "This is nested too deeply.", "keep to `key: value`."
        raise Faulty([Fault(path, first_line, 1, "E101", said, fix)]) from fault
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        said = "This must be lines of the form `key: value`."
        raise Faulty([Fault(path, first_line, 1, "E105", said)])
    return _entries(root, path, first_line)


@lru_cache(maxsize=64)
def composed(text: str) -> yaml.Node | None:
    """What a YAML text consists of.  Raises YAMLError, and RecursionError.

    Never by the loader in C, which a text of a hundred thousand brackets brings down.
    """
    return yaml.compose(text, Loader=yaml.BaseLoader)


def _entries(root: yaml.MappingNode, path: str, first_line: int) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for key, value in root.value:
        line, column = key.start_mark.line + first_line, key.start_mark.column + 1
        name = str(key.value)
        if name in entries:
            said = f'duplicate key "{name}" (first at line {entries[name].line}).'
            fix = "remove one of the two lines."
            raise Faulty([Fault(path, line, column, "E103", said, fix)])
        entries[name] = Entry(_plain(value), line, column)
    return entries


def _plain(node: yaml.Node) -> Value:
    match node:
        case yaml.MappingNode():
            return {str(key.value): _plain(value) for key, value in node.value}
        case yaml.SequenceNode():
            return [_plain(each) for each in node.value]
    return str(node.value)


def _forbid_references(text: str, path: str, first_line: int) -> None:
    if not _MAY_REFER.search(text):
        return
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        has_tag = getattr(event, "tag", None) not in (None, "!")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or has_tag:
            said = "Anchors (&), aliases (*) and tags (!) are not allowed."
            mark = event.start_mark
            line, column = (mark.line, mark.column) if mark else (0, 0)
            raise Faulty(
                [Fault(path, line + first_line, column + 1, "E104", said, "quote the value.")]
            )


def _syntax(fault: yaml.YAMLError, text: str, path: str, first_line: int) -> Fault:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    if mark is not None:
        line, column = mark.line + 1, mark.column + 1
    else:
        line, column = place(text, getattr(fault, "position", 0))
    said = getattr(fault, "problem", None) or getattr(fault, "reason", None) or "cannot be read"
    return Fault(path, line + first_line - 1, column, "E101", f"YAML syntax: {said}.")
