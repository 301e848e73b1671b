"""What is said between who wants a picture read and the process that reads it: JSON, then bytes."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

_LENGTH = struct.Struct("!Q")


@dataclass(frozen=True)
class Question:
    """A picture to be cleaned, or, with widths and extensions, to be copied in these sizes."""

    data: bytes
    copies: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True)
class Answer:
    """What was found, as plain values, and the bytes that were made."""

    told: dict[str, Any]
    made: list[bytes] = field(default_factory=list)


def write_question(stream: BinaryIO, question: Question) -> None:
    """Ask.  Raises OSError when nobody listens."""
    _write(stream, json.dumps(question.copies).encode(), question.data)


def read_question(stream: BinaryIO) -> Question | None:
    """What is asked; None when nobody asks any more."""
    copies, data = _read(stream), _read(stream)
    if copies is None or data is None:
        return None
    return Question(data, [(width, extension) for width, extension in json.loads(copies)])


def write_answer(stream: BinaryIO, answer: Answer) -> None:
    """Say it."""
    _write(stream, json.dumps([answer.told, len(answer.made)]).encode(), *answer.made)


def read_answer(stream: BinaryIO) -> Answer | None:
    """What is said; None when the other has gone."""
    head = _read(stream)
    if head is None:
        return None
    told, count = json.loads(head)
    made = [piece for _ in range(count) if (piece := _read(stream)) is not None]
    return Answer(told, made) if len(made) == count else None


def _write(stream: BinaryIO, *pieces: bytes) -> None:
    for piece in pieces:
        stream.write(_LENGTH.pack(len(piece)))
        stream.write(piece)
    stream.flush()


def _read(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None
