"""Running Hearth: one command from a clone to a desk that answers.

Makes .venv, installs the pinned packages, brings the database up to date, loads the help centre,
fills a demo company on the first start, then runs web server and worker until Ctrl-C.
"""

import argparse
import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import processes
from environment import ROOT, Stopped, prepare

FIRST_ADMIN = "admin@hearth.example"
SERVER = "--worker-class gthread --workers 2 --threads 4 --timeout 30 --max-requests 5000"
SERVER += " --max-requests-jitter 500 --preload --log-level warning"


def main() -> int:
    """Set everything up, then run it; the exit code."""
    processes.heed_signals()
    try:
        options = read_options(sys.argv[1:])
        insist_on_free_port(options.port)
        programs = prepare(ROOT / "requirements.txt")
        lock = insist_on_being_alone(options.instance)
        os.environ.update(variables(options, dict(os.environ)))
        os.chdir(ROOT)
        signs = set_up(programs / "python", options)
        with lock:
            return processes.watch(
                commands(programs, options.port),
                address=f"http://127.0.0.1:{options.port}/healthz",
                ready=lambda: say_ready(options.port, signs),
            )
    except Stopped as stop:
        print(stop, file=sys.stderr)
        return 1
    except processes.Asked:
        print("\nStopped before it was ready", file=sys.stderr)
        return 130


def read_options(arguments: list[str]) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="bin/run", description=__doc__.split("\n\n")[1])
    parser.add_argument("--port", type=port, default=5000, metavar="N", help="default: 5000")
    parser.add_argument(
        "--instance",
        type=Path,
        default=Path(os.environ.get("HEARTH_INSTANCE") or ROOT / "instance"),
        metavar="DIR",
        help="where database, search index and files live; default: HEARTH_INSTANCE, or instance/",
    )
    parser.add_argument(
        "--empty",
        nargs="?",
        const=FIRST_ADMIN,
        metavar="ADDRESS",
        help="no demo company; prints a one-time link for the first administrator, with this mail address",
    )
    options = parser.parse_args(arguments)
    options.instance = options.instance.expanduser().resolve()
    return options


def port(text: str) -> int:
    """A number that can be a port.  Raises what argparse turns into a message."""
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{number} is not between 1 and 65535")
    return number


def insist_on_free_port(port: int) -> None:
    """Raises Stopped when something else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as fault:
            raise Stopped(
                f"Port {port} cannot be used: {fault.strerror}.\n"
                f"Stop what listens there, or choose another: bin/run --port {port + 1}"
            ) from fault


def insist_on_being_alone(instance: Path) -> TextIO:
    """A lock on the folder, held while it is open.  Raises Stopped when another bin/run holds it."""
    try:
        instance.mkdir(parents=True, exist_ok=True)
        lock = (instance / "run.lock").open("w")
    except OSError as fault:
        raise Stopped(f"{instance} cannot be written: {fault.strerror}.") from fault
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        lock.close()
        raise Stopped(
            f"Another bin/run works with {instance}. Stop it, or give this one a folder of its own:\n"
            "bin/run --instance DIR"
        ) from fault
    return lock


def variables(options: argparse.Namespace, given: dict[str, str]) -> dict[str, str]:
    """What the processes need to know, beside what is set here or in the folder's `.env`."""
    added = {
        "FLASK_APP": "wsgi.py",
        "HEARTH_INSTANCE": str(options.instance),
        "PYTHONUNBUFFERED": "1",
    }
    known = {**stored_variables(options.instance / ".env"), **given}
    if not known.get("HEARTH_PUBLIC_URL") and known.get("HEARTH_ENV") != "production":
        added["HEARTH_PUBLIC_URL"] = f"http://127.0.0.1:{options.port}"
    return added


def stored_variables(path: Path) -> dict[str, str]:
    """What a `.env` file sets, as far as we need to know before its real reader is installed."""
    lines = path.read_text().splitlines() if path.exists() else []
    pairs = (line.removeprefix("export ").partition("=") for line in lines)
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


def set_up(python: Path, options: argparse.Namespace) -> str:
    """Database, help centre, people; gives what to tell about the last.  Raises Stopped."""
    command = [python, ROOT / "bin" / "preparing.py", *filter(None, [options.empty])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Stopped(f"{done.stdout}That failed, so nothing was started; the reason is above.")
    return done.stdout


def commands(programs: Path, port: int) -> dict[str, list[str]]:
    """The processes of a running desk."""
    web = [str(programs / "gunicorn"), "wsgi:app", "--bind", f"127.0.0.1:{port}", *SERVER.split()]
    return {"web server": web, "worker": [str(programs / "flask"), "worker"]}


def say_ready(port: int, signs: str) -> None:
    """The address, and who can sign in there."""
    print(f"\nHearth runs at http://127.0.0.1:{port}\n\n{signs}\nStop it with Ctrl-C.", flush=True)
