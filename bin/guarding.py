"""The guard of a running desk: ends its processes when `bin/run` is gone and could not do so.

It reads the number of each process, a line each, from a pipe that `bin/run` alone holds open.  The
pipe ends when `bin/run` does, however that came about, on every system that knows pipes.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

STOP_WITHIN_S = 10
LOOK_EVERY_S = 0.1


@contextlib.contextmanager
def guarded() -> Iterator[Callable[[int], None]]:
    """Start a guard; what it gives is told the number of each process group to watch over."""
    command = [sys.executable, __file__]
    guard = subprocess.Popen(command, stdin=subprocess.PIPE, text=True, start_new_session=True)
    assert guard.stdin

    def watch_over(group: int) -> None:
        print(group, file=guard.stdin, flush=True)

    try:
        yield watch_over
    finally:
        guard.kill()  # before the pipe ends: everything was stopped already
        guard.wait()
        with contextlib.suppress(BrokenPipeError):
            guard.stdin.close()


def main() -> None:
    """Wait for the end of the pipe, then ask what is left to stop, and insist."""
    groups = [int(line) for line in sys.stdin]
    _signal(groups, signal.SIGTERM)
    until = time.monotonic() + STOP_WITHIN_S
    while time.monotonic() < until and _signal(groups, 0):
        time.sleep(LOOK_EVERY_S)
    _signal(groups, signal.SIGKILL)


def _signal(groups: list[int], number: int) -> bool:
    """Send it to all the groups; whether any was there to get it."""
    reached = [_reached(group, number) for group in groups]
    return any(reached)


def _reached(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
