"""A stable of workers: the application is loaded once, and each is forked from it, to be killed soon.

`python -m tests.support.stable` forks one for each line that it reads (the arguments of `flask`), and
prints its process id; the settings come from the environment.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress


class Stable:
    """Starts processes in a tenth of a second, and kills them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.kills = 0

    def start(self, *arguments: str) -> int:
        """Run `flask ARGUMENTS`; gives the process id."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(" ".join(arguments) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def kill(self, pid: int) -> None:
        """As a power cut would, for this process and whatever it started."""
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self.kills += 1


@contextmanager
def stable(environment: Mapping[str, str]) -> Iterator[Stable]:
    """Open it; what still runs at the end is killed with it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.stable"],
        env=dict(environment),
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield Stable(process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()


def main() -> None:
    """Fork a process for each line."""
    from app import create_app  # noqa: PLC0415 - the parent needs none of it

    app = create_app()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid:
            print(pid, flush=True)
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        sys.stdin.close()
        with app.app_context():
            app.cli.main(line.split(), prog_name="flask", standalone_mode=False)
        os._exit(0)


if __name__ == "__main__":
    main()
