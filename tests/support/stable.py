"""A stable of workers: the application is loaded once, and each is forked from it, to be killed soon.

`python -m tests.support.stable` reads lines: `start` and the arguments of `flask` forks one and
answers with its process id, `kill` and an id ends it and answers when it is gone.  The settings come
from the environment.
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
        return self._ask("start", *arguments)

    def kill(self, pid: int) -> None:
        """As a power cut would; it is gone when this returns."""
        self._ask("kill", str(pid))
        self.kills += 1

    def _ask(self, *words: str) -> int:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


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
    """Do what the lines say."""
    from app import create_app  # noqa: PLC0415 - the parent needs none of it

    app = create_app()
    while line := sys.stdin.readline():
        order, *words = line.split()
        if order == "kill":
            print(_kill(int(words[0])), flush=True)
        elif pid := os.fork():
            print(pid, flush=True)
        else:
            sys.stdin.close()
            with app.app_context():
                app.cli.main(words, prog_name="flask", standalone_mode=False)
            os._exit(0)


def _kill(pid: int) -> int:
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[0]


if __name__ == "__main__":
    main()
