"""Floors of the house: imports go downwards only, and no room has a cycle inside."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ]
    return subprocess.run(
        [*command, "--no-cache"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": "."},
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("static", "__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("app/core/clock.py", "from app.tickets import ticket"),
        ("app/tickets/ticket.py", "from app.community import question"),
        ("app/core/clock.py", "from app.core import db"),
    ],
    ids=["upwards", "to a neighbour", "in a circle"],
)
def test_forbidden_import_is_found(house: Path, file: str, line: str) -> None:
    place = house / file
    place.write_text(f"{place.read_text()}\n{line}\n")
    assert lint(house).returncode == 1


def test_room_without_a_floor_is_found(house: Path) -> None:
    (house / "app" / "attic").mkdir()
    (house / "app" / "attic" / "__init__.py").touch()
    assert lint(house).returncode == 1
