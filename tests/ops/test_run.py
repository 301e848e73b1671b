"""The parts of `bin/run` and `bin/test` that can be tried without a desk."""

import importlib
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BIN = Path(__file__).parents[2] / "bin"


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The modules of the folder `bin`, by name."""
    monkeypatch.syspath_prepend(str(BIN))
    monkeypatch.delenv("HEARTH_INSTANCE", raising=False)
    names = ("environment", "guarding", "processes", "running", "testing")
    yield {name: importlib.import_module(name) for name in names}
    for name in names:
        del sys.modules[name]


@pytest.fixture
def running(programs: dict[str, Any]) -> Any:
    return programs["running"]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which something listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def python(code: str, *, path: str = "") -> subprocess.Popen[str]:
    """The code, run beside us with the folder `bin` to import from."""
    code = f"import sys\nsys.path.insert(0, {str(BIN)!r})\n{textwrap.dedent(code)}"
    return subprocess.Popen(
        [sys.executable, "-u", "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PATH": path},
    )


def test_a_taken_port_is_named_and_another_one_offered(
    programs: dict[str, Any], taken: int
) -> None:
    with pytest.raises(programs["environment"].Stopped, match=f"bin/run --port {taken + 1}"):
        programs["running"].insist_on_free_port(taken)


@pytest.mark.parametrize("port", ["0", "65536", "five"])
def test_what_is_no_port_is_refused(
    running: Any, port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        running.read_options(["--port", port])
    assert "--port" in capsys.readouterr().err


def test_the_folder_is_that_of_the_option_or_else_of_the_variable(
    running: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert running.read_options([]).instance == BIN.parent / "instance"
    assert running.read_options(["--instance", "desk"]).instance == tmp_path / "desk"
    monkeypatch.setenv("HEARTH_INSTANCE", "other")
    assert running.read_options([]).instance == tmp_path / "other"


def test_one_folder_serves_one_desk_at_a_time(programs: dict[str, Any], tmp_path: Path) -> None:
    alone, refused = programs["running"].insist_on_being_alone, programs["environment"].Stopped
    with alone(tmp_path / "new"), pytest.raises(refused, match="Another bin/run"):
        alone(tmp_path / "new")
    alone(tmp_path / "new").close()


def test_a_folder_that_cannot_be_made_is_named(programs: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(programs["environment"].Stopped, match="cannot be written"):
        programs["running"].insist_on_being_alone(tmp_path / "file" / "desk")


@pytest.mark.parametrize(
    ("given", "stored", "address"),
    [
        ({}, "", "http://127.0.0.1:5001"),
        ({"HEARTH_PUBLIC_URL": "https://desk.example"}, "", None),
        ({}, "HEARTH_PUBLIC_URL=https://desk.example\n", None),
        ({"HEARTH_ENV": "production"}, "", None),
        ({}, "# a remark\nHEARTH_ENV = production", None),
    ],
)
def test_the_public_address_follows_the_port_unless_it_is_set(
    running: Any, tmp_path: Path, given: dict[str, str], stored: str, address: str | None
) -> None:
    (tmp_path / ".env").write_text(stored)
    options = running.read_options(["--port", "5001", "--instance", str(tmp_path)])
    added = running.variables(options, given)
    assert added.get("HEARTH_PUBLIC_URL") == address
    assert added["HEARTH_INSTANCE"] == str(tmp_path)


def test_a_desk_is_a_web_server_of_this_machine_alone_and_a_worker(running: Any) -> None:
    commands = running.commands(Path("/venv/bin"), 5001)
    assert "127.0.0.1:5001" in commands["web server"]
    assert commands["worker"] == ["/venv/bin/flask", "worker"]


def test_packages_are_installed_once_for_each_lock(
    programs: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock, log = tmp_path / "requirements.txt", tmp_path / "asked"
    lock.write_text("one==1")
    fake = tmp_path / "venv" / "bin" / "python"
    fake.parent.mkdir(parents=True)
    fake.write_text(f'#!/bin/sh\necho "$@" >> {log}\n')
    fake.chmod(0o755)
    for text in ("one==1", "one==1", "one==2"):
        lock.write_text(text)
        programs["environment"].prepare(lock, folder=tmp_path / "venv")
    installed = [line for line in log.read_text().splitlines() if "pip install" in line]
    assert len(installed) == 2
    assert "--require-hashes" in installed[0]
    assert capsys.readouterr().out.count("Installing packages") == 2


def test_an_old_python_is_told_what_to_do(tmp_path: Path) -> None:
    process = python(
        """
        sys.version_info = (3, 9, 1)
        import enough_python
        enough_python.insist()
        """,
        path=str(tmp_path),
    )
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "needs Python 3.11 or newer; this is 3.9.1" in output


WATCH = """
import processes
processes.heed_signals()
wait = [sys.executable, "-c", "import time; time.sleep(60)"]
done = [sys.executable, "-c", "pass"]
sys.exit(processes.watch(
    {{"web server": wait, "worker": {worker}}},
    address="http://127.0.0.1:{port}/", ready=lambda: print("ready"),
))
"""


def test_asked_to_stop_it_stops_everything(taken: int) -> None:
    """What listens at the port says nothing, so this also stops while it waits for an answer."""
    process = python(WATCH.format(worker="wait", port=taken))
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)
    process.terminate()
    output, _ = process.communicate(timeout=30)
    assert (process.returncode, output.strip()) == (0, "Stopping")


def test_one_that_ends_by_itself_takes_the_other_along() -> None:
    process = python(WATCH.format(worker="done", port=1))
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "The worker ended by itself" in output


def test_what_it_started_ends_with_it_even_if_it_is_killed(taken: int) -> None:
    here = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    telling = WATCH.replace("import time; time.sleep(60)", here)
    with python(telling.format(worker="wait", port=taken)) as process:
        assert process.stdout
        children = [int(process.stdout.readline()) for _ in range(2)]
        assert all(map(lives, children))
        time.sleep(1)  # on a busy machine it may still be telling the guard of the second
        process.kill()
        until = time.monotonic() + 10
        while any(map(lives, children)):
            assert time.monotonic() < until, "they live on"
            time.sleep(0.05)


def lives(number: int) -> bool:
    """Whether there is such a process; one that ended and waits to be buried is none."""
    state = Path(f"/proc/{number}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_steps_have_names_and_all_else_is_for_pytest(programs: dict[str, Any]) -> None:
    read = programs["testing"].read_arguments
    assert read([]) == ([], [])
    assert read(["lint", "types"]) == (["lint", "types"], [])
    assert read(["tests/ops", "-k", "run"]) == ([], ["tests/ops", "-k", "run"])


@pytest.mark.parametrize(("in_ci", "verdict"), [(False, "skipped"), (True, "FAILED")])
def test_what_the_machine_lacks_is_skipped_here_and_fails_in_ci(
    programs: dict[str, Any], monkeypatch: pytest.MonkeyPatch, in_ci: bool, verdict: str
) -> None:
    testing: ModuleType = programs["testing"]
    monkeypatch.setattr(testing, "IN_CI", in_ci)
    monkeypatch.setattr(testing, "CHROMIUM", "/nowhere/chromium")
    said = testing.take("browser", testing.STEPS["browser"])
    assert said.split() == [
        verdict,
        *["no", "Chromium", "at", "/nowhere/chromium;", "CHROMIUM", "names", "another"],
    ]


def test_a_step_that_fails_is_told(programs: dict[str, Any]) -> None:
    testing = programs["testing"]
    assert testing.take("a", testing.Step(f"{sys.executable} -c 1/0")).startswith("FAILED")
    assert testing.take("b", testing.Step(f"{sys.executable} -c pass")).startswith("passed")
