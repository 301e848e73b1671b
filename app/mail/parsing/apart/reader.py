"""Asking a process to read a mail: a warm one if there is one, killed in time if it does not answer."""

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.mail.parsing.apart import wire
from app.mail.parsing.apart.protocol import FRAME, HEARD, LENGTH, PATIENCE, READ, TOO_LARGE
from app.mail.parsing.parsed import ParsedMail

MOST_MAILS = 500
"""Mails that one process reads before another takes its place."""

LARGE_BYTES = 4 << 20
"""A mail of this size is the last one of a process: it leaves memory behind."""

MOST_IDLE = 4
START_S = 60
"""How long a process may take to begin."""

MIB = 1 << 20
_ROOT = Path(__file__).parents[4]
_MODULE = "app.mail.parsing.apart.child"


class Unparsable(Exception):
    """The mail cannot be read; the text says why, in words for people."""


class _NeverHeard(Exception):
    """The process was gone before it was asked: the mail is not to blame."""


def parse_apart(raw: bytes, *, seconds: float = 10, memory_bytes: int = 600 * MIB) -> ParsedMail:
    """Read one mail in a process of its own, within limits; `seconds` are of work, not of waiting.

    Safe to call from several threads.  Raises `Unparsable`; no other mail suffers from it.
    """
    for child in _children():
        try:
            mail = child.ask(raw, seconds=seconds, memory_bytes=memory_bytes)
        except _NeverHeard:
            child.end()
        except BaseException:
            child.end()
            raise
        else:
            _give_back(child, is_spent=len(raw) >= LARGE_BYTES)
            return mail
    raise Unparsable("The program that reads mail does not start.")


class _Child:
    """A process that reads mails."""

    def __init__(self) -> None:
        self.read = 0
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"LC_ALL": "C.UTF-8", "PYTHONPATH": str(_ROOT)},
            process_group=0,
        )

    def ask(self, raw: bytes, *, seconds: float, memory_bytes: int) -> ParsedMail:
        """What it makes of a mail."""
        self.read += 1
        with self._watched(START_S):
            self._write(FRAME.pack(len(raw), seconds, memory_bytes))
            if self._said(1) != HEARD:
                raise _NeverHeard
        with self._watched(seconds * PATIENCE) as late:
            self._write(raw)
            kind = self._said(1)
            size = LENGTH.unpack(self._said(LENGTH.size).ljust(LENGTH.size, b"\0"))[0]
            answer = self._said(size) if size <= memory_bytes else b""
        if kind == TOO_LARGE:
            raise Unparsable(f"Reading it takes more than {memory_bytes // MIB} MiB of memory.")
        if kind != READ or len(answer) != size:
            how = answer.decode("ascii", "replace")[:80] or self._exit_code()
            if late.is_set() or how == -signal.SIGPROF:
                raise Unparsable(f"Reading it takes longer than {seconds:g} seconds.")
            raise Unparsable(f"The program that reads mail broke off ({how}).")
        try:
            return wire.unpacked(memoryview(answer))
        except (ValueError, KeyError, TypeError) as fault:
            raise Unparsable("The program that reads mail answered nonsense.") from fault

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # what was not written yet cannot be written any more
                if stream:
                    stream.close()

    def _write(self, data: bytes) -> None:
        """Hand over bytes; whether they arrived is seen from the answer."""
        assert self.process.stdin is not None
        with suppress(OSError):
            self.process.stdin.write(data)
            self.process.stdin.flush()

    def _said(self, size: int) -> bytes:
        """The next bytes of the answer; fewer if the process is gone."""
        assert self.process.stdout is not None
        return self.process.stdout.read(size)

    def _exit_code(self) -> int:
        """How the process ended, if it did; a signal is negative."""
        self.process.kill()
        return self.process.wait()

    @contextmanager
    def _watched(self, seconds: float) -> Iterator[threading.Event]:
        """Kill the process when the time is over; the event says whether it was."""
        late = threading.Event()

        def kill() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, kill)
        timer.daemon = True
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()


_idle: list[_Child] = []


def _children() -> Iterator[_Child]:
    """A warm process if there is one; then a fresh one; then another, should a reason lie outside of us."""
    with suppress(IndexError):  # none is there, or another thread was quicker
        yield _idle.pop()
    yield _Child()
    yield _Child()


def _give_back(child: _Child, *, is_spent: bool) -> None:
    if is_spent or child.read >= MOST_MAILS or len(_idle) >= MOST_IDLE:
        child.end()
    else:
        _idle.append(child)


def end_idle() -> None:
    """End the processes that wait for mail."""
    while _idle:
        _idle.pop().end()


atexit.register(end_idle)
os.register_at_fork(after_in_child=_idle.clear)
