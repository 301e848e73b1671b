"""The two processes of a running desk, watched: they start together and they stop together."""

import contextlib
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from guarding import guarded

ANSWER_WITHIN_S = 60
STOP_WITHIN_S = 10
LOOK_EVERY_S = 0.1
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Asked(Exception):
    """Somebody pressed Ctrl-C, or the system wants us to stop."""


def heed_signals() -> None:
    """Raise Asked, from now on, wherever we are when somebody wants us to stop."""
    for number in STOPPING:
        signal.signal(number, _ask)


def watch(commands: dict[str, list[str]], *, address: str, ready: Callable[[], None]) -> int:
    """Run the commands side by side until asked to stop, or until one of them ends by itself.

    `ready` is called once `address` answers.  Gives the exit code: 0 when asked to stop.
    """
    with guarded() as watch_over:
        return _watch(commands, address=address, ready=ready, watch_over=watch_over)


def _watch(
    commands: dict[str, list[str]],
    *,
    address: str,
    ready: Callable[[], None],
    watch_over: Callable[[int], None],
) -> int:
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            processes[name] = subprocess.Popen(command, start_new_session=True)
            watch_over(processes[name].pid)
        if _answers(address, processes):
            ready()
        ended = _first_to_end(processes)
        print(f"The {ended} ended by itself, so everything stops; its reason is above.", flush=True)
        return 1
    except Asked:
        print("\nStopping", flush=True)
        return 0
    finally:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        _stop(list(processes.values()))


def _ask(_number: int, _frame: object) -> None:
    raise Asked


def _answers(address: str, processes: dict[str, subprocess.Popen[bytes]]) -> bool:
    """Wait until the address answers; False if a process ended before or it takes too long."""
    until = time.monotonic() + ANSWER_WITHIN_S
    while time.monotonic() < until:
        if any(process.poll() is not None for process in processes.values()):
            return False
        if _says_something(address):
            return True
        time.sleep(LOOK_EVERY_S)
    print(f"{address} does not answer, though everything was started.", flush=True)
    return False


def _says_something(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except urllib.error.HTTPError:
        return True  # a "no" is an answer: production does not know itself by this name
    except OSError:
        return False
    return True


def _first_to_end(processes: dict[str, subprocess.Popen[bytes]]) -> str:
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                return name
        time.sleep(LOOK_EVERY_S)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask each process and its children to stop; insist when they take too long."""
    for process in processes:
        _signal(process, signal.SIGTERM)
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_WITHIN_S)
        _signal(process, signal.SIGKILL)


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if number == signal.SIGTERM:
            process.send_signal(number)
        else:
            os.killpg(process.pid, number)
