"""Asking a process to read pictures, and killing it when it takes too long."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Timer

from app.articles.images.apart.clean import Clean
from app.articles.images.apart.unfit import Unfit
from app.articles.images.apart.wire import Answer, Question, read_answer, write_question
from app.core.settings import ROOT

PATIENCE_S = 60
_TOO_SLOW = "takes too long to be read. Make it smaller, or save it again."


class Bench:
    """A process that reads one picture after the other; after an accident another takes its place."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def clean(self, data: bytes) -> Clean:
        """Bytes that may be shown.  Raises Unfit."""
        answer = self._ask(Question(data))
        return Clean(**answer.told, data=answer.made[0])

    def copies(self, data: bytes, wanted: Sequence[tuple[int, str]]) -> list[bytes]:
        """A copy of a clean picture for each width and extension.  Raises Unfit."""
        return self._ask(Question(data, wanted)).made

    def close(self) -> None:
        """Let the process go."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, question: Question) -> Answer:
        process = self._process = self._process or _started()
        assert process.stdin and process.stdout
        timer = Timer(PATIENCE_S, process.kill)
        timer.start()
        try:
            write_question(process.stdin, question)  # type: ignore[arg-type]
            answer = read_answer(process.stdout)  # type: ignore[arg-type]
        except OSError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            raise Unfit(_TOO_SLOW)
        if "unfit" in answer.told:
            raise Unfit(answer.told["unfit"])
        return answer


@contextmanager
def bench() -> Iterator[Bench]:
    """A bench for as long as it is needed; the process starts with the first picture."""
    made = Bench()
    try:
        yield made
    finally:
        made.close()


def _started() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "app.articles.images.apart.child"]
    return subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env={}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
