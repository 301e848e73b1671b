"""The process that reads mails: one after the other, within limits, until nobody asks any more."""

import gc
import os
import resource
import signal
from collections.abc import Sequence
from typing import BinaryIO

from app.mail.parsing.apart import wire
from app.mail.parsing.apart.protocol import (
    FAILED,
    FRAME,
    HEARD,
    LENGTH,
    PATIENCE,
    READ,
    TOO_LARGE,
)
from app.mail.parsing.reading import parse

GRACE_S = 2
"""Who asked kills us in time; if they are gone, we end ourselves so much later."""


def main() -> None:
    """Serve who started us, over the standard streams."""
    requests, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    gc.freeze()
    while len(frame := requests.read(FRAME.size)) == FRAME.size:
        size, seconds, memory_bytes = FRAME.unpack(frame)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, seconds * PATIENCE + GRACE_S)
        _, hardest = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hardest))
        answers.write(HEARD)
        answers.flush()
        is_well = _serve(requests, answers, size)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if not is_well:
            return


def _serve(requests: BinaryIO, answers: BinaryIO, size: int) -> bool:
    """Read one mail; whether we are fit to read another."""
    try:
        raw = requests.read(size)
        _answer(answers, READ, list(wire.packed(parse(raw))))
    except MemoryError:
        _answer(answers, TOO_LARGE, [])
        return False
    except Exception as fault:  # this is the place where a fault in reading becomes words
        _answer(answers, FAILED, [type(fault).__name__.encode()])
        return False
    return True


def _answer(answers: BinaryIO, kind: bytes, pieces: Sequence[bytes]) -> None:
    answers.write(kind + LENGTH.pack(sum(map(len, pieces))))
    for piece in pieces:
        answers.write(piece)
    answers.flush()


if __name__ == "__main__":
    main()
