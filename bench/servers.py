"""Real servers for benchmarks: gunicorn as in production, and the CPU time that it costs."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running gunicorn, with the PostgreSQL server that it talks to, if it does."""

    def __init__(
        self, process: subprocess.Popen[bytes], port: int, databases: Sequence[int]
    ) -> None:
        self.process = process
        self.port = port
        self.databases = databases

    def cpu_s(self) -> float:
        """Seconds of CPU that the web and database processes have used so far."""
        return _tree_cpu_s(self.process.pid) + sum(map(_tree_cpu_s, self.databases))

    def resident_mb(self) -> float:
        """The largest resident set of one web process, in MB."""
        return max(_resident_mb(pid) for pid in _children(self.process.pid))


class Browser:
    """One connection that keeps its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of an answer."""
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> tuple[int, str]:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            key, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[key] = value
        return answer.status, text


@contextmanager
def serving(application: str, environ: Mapping[str, str]) -> Iterator[Server]:
    """Run `module:app` under gunicorn, 2 processes of 4 threads, until the block ends."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "-k", "gthread", "-w", "2", "--threads", "4",
        "--bind", f"127.0.0.1:{port}", "--log-level", "warning", application,
    ]  # fmt: skip
    url = environ.get("DATABASE_URL")
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environ}, start_new_session=True
    )
    try:
        _wait_for(port, process)
        yield Server(process, port, [_postmaster(url)] if url else [])
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server did not start")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not answer within 30 s")


def _tree_cpu_s(pid: int) -> float:
    own = _stat(pid)
    used = sum(int(field) for field in own[11:15]) / TICKS
    return used + sum(_tree_cpu_s(child) for child in _children(pid))


def _children(pid: int) -> list[int]:
    try:
        return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return ["0"] * 20


def _postmaster(url: str) -> int:
    """The parent of the process that serves us: other servers may run on this machine."""
    with psycopg.connect(url) as connection:
        return int(_stat(connection.info.backend_pid)[1])


def _resident_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
