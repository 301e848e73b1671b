"""Taking a mail apart into its MIME entities, in one pass and within limits (RFC 2046 section 5.1)."""

import re
from dataclasses import dataclass, field

from app.mail.parsing import header_block
from app.mail.parsing.charsets import MULTI_BYTE, codec_named
from app.mail.parsing.entity import Entity

DEEPEST = 50
"""Multiparts within multiparts; what lies deeper stays one piece."""

MOST_PARTS = 1_000
HINT_BYTES = 200_000
"""How much of a mail is searched for the character sets that it names."""

NEAR_BYTES = 65_536
"""How far into a multipart its first boundary is looked for."""

_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_:.+-]{2,40})", re.IGNORECASE)
_MARK = re.compile(rb"^--[^\r\n]*", re.MULTILINE)
_LIKELY_BOUNDARY = re.compile(
    rb"^--([^\r\n]{1,200}?)[ \t]*\r?\n(?:content-[a-z-]+:|\r?\n)", re.MULTILINE | re.IGNORECASE
)
_ENVELOPE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:>?From [^\r\n]*\r?\n)?\s*")


@dataclass
class Split:
    """The outermost entity, and what was wrong, in words."""

    root: Entity
    defects: list[str]


@dataclass
class _Level:
    """A multipart whose parts are being read."""

    entity: Entity
    mark: bytes
    is_finished: bool = False


@dataclass
class _Splitter:
    raw: bytes
    defects: list[str] = field(default_factory=list)
    stack: list[_Level] = field(default_factory=list)
    levels: dict[bytes, int] = field(default_factory=dict)
    leaf: Entity | None = None
    count: int = 0
    hints: tuple[str, ...] = ()


def split(raw: bytes, *, default_type: str = "text/plain") -> Split:
    """Take a mail apart.  Never raises; linear in the length of the mail."""
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    envelope = _ENVELOPE.match(raw)
    state = _Splitter(raw, hints=_hints(raw))
    root = _begin(state, envelope.end() if envelope else 0, default_type)
    if state.stack:
        for mark in _MARK.finditer(raw, root.body_start):
            _cross(state, mark)
        _close(state, -1, len(raw))
    return Split(root, list(dict.fromkeys(state.defects)))


def _hints(raw: bytes) -> tuple[str, ...]:
    """The character sets that the mail names, those of Asia first: their bytes hardly fit by chance."""
    named = {match[1].decode().lower() for match in _CHARSET.finditer(raw[:HINT_BYTES])}
    known = {codec for name in sorted(named) if (codec := codec_named(name))}
    return tuple(sorted(known - {"utf-8"}, key=lambda codec: (codec not in MULTI_BYTE, codec)))


def _begin(state: _Splitter, start: int, default_type: str) -> Entity:
    """Read the headers of the entity at `start`; what follows is its body until a boundary comes."""
    block = header_block.read(state.raw, start)
    state.defects += block.defects
    entity = Entity(
        state.raw,
        block.headers,
        start,
        block.body_start,
        len(state.raw),
        default_type,
        hints=state.hints,
    )
    state.leaf = entity
    if entity.content_type.startswith("multipart/"):
        _open(state, entity)
    return entity


def _open(state: _Splitter, entity: Entity) -> None:
    boundary = _boundary(state, entity)
    if boundary is None:
        state.defects.append("A multipart does not say where its parts begin.")
    elif len(state.stack) >= DEEPEST:
        state.defects.append("The parts of the mail are nested deeper than is read.")
    else:
        state.stack.append(_Level(entity, b"--" + boundary))
        _index(state)
        state.leaf = None


def _boundary(state: _Splitter, entity: Entity) -> bytes | None:
    """The declared boundary, or one that is plainly used instead of it."""
    declared = entity.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
    near = entity.body_start + NEAR_BYTES
    if declared and state.raw.find(b"--" + declared, entity.body_start, near) >= 0:
        return declared
    guess = _LIKELY_BOUNDARY.search(state.raw, entity.body_start, near)
    if guess and b"--" + guess[1] not in state.levels:
        state.defects.append("The parts of the mail are separated otherwise than it says.")
        return guess[1]
    return declared or None


def _cross(state: _Splitter, mark: re.Match[bytes]) -> None:
    """A line that may be a boundary."""
    if state.leaf is not None and mark.start() < state.leaf.body_start:
        return
    line = mark[0].rstrip()
    level, is_last = state.levels.get(line), False
    if level is None and line.endswith(b"--"):
        level, is_last = state.levels.get(line[:-2]), True
    if level is None:
        return
    _close(state, level, mark.start())
    if is_last:
        _finish(state, level)
    elif state.count >= MOST_PARTS:
        state.defects.append("The mail has more parts than are read.")
    else:
        _add(state, state.stack[level].entity, mark.end())


def _add(state: _Splitter, parent: Entity, line_end: int) -> None:
    state.count += 1
    start = state.raw.find(b"\n", line_end) + 1 or len(state.raw)
    is_digest = parent.content_type == "multipart/digest"
    parent.children.append(_begin(state, start, "message/rfc822" if is_digest else "text/plain"))


def _close(state: _Splitter, level: int, at: int) -> None:
    """Everything inside a level ends before the line break in front of `at`."""
    end = at
    if end and level >= 0:
        end -= 1 if state.raw[at - 1 : at] == b"\n" else 0
        end -= 1 if state.raw[end - 1 : end] == b"\r" else 0
    inner = state.stack[level + 1 :]
    if any(not each.is_finished for each in inner):
        state.defects.append("A multipart ends without its last boundary.")
    for entity in [each.entity for each in inner] + ([state.leaf] if state.leaf else []):
        entity.end = max(end, entity.body_start)
    del state.stack[level + 1 :]
    state.leaf = None
    _index(state)


def _finish(state: _Splitter, level: int) -> None:
    """A last boundary.  Parts may follow all the same, unless an outer multipart has the same boundary."""
    state.stack[level].is_finished = True
    if any(outer.mark == state.stack[level].mark for outer in state.stack[:level]):
        del state.stack[level:]
        _index(state)


def _index(state: _Splitter) -> None:
    state.levels = {level.mark: depth for depth, level in enumerate(state.stack)}
