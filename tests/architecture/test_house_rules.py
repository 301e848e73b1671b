"""Rules of the house that a machine can see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
MODULES = sorted(path for path in APP.rglob("*.py"))
TEMPLATES = sorted(path for path in APP.rglob("*.html"))
PRODUCT_WORDS = re.compile(
    r"\b(ticket|requester|assignee|article|community|survey|help ?desk)s?\b", re.IGNORECASE
)


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=str(path.relative_to(APP))) for path in paths]


def calls(path: Path) -> Iterator[str]:
    """Every call in a module, as dotted text."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


@pytest.mark.parametrize("path", named(MODULES))
def test_module_is_small(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) <= 300, "is there a second idea inside?"
    long = [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno > 60]
    assert not long


@pytest.mark.parametrize("path", named([p for p in MODULES if p != APP / "core" / "uow.py"]))
def test_only_the_unit_of_work_commits_or_rolls_back(path: Path) -> None:
    assert not [
        call for call in calls(path) if call.endswith(("session.commit", "session.rollback"))
    ]


@pytest.mark.parametrize("path", named([p for p in MODULES if "routes" in p.parts]))
def test_routes_do_not_touch_the_session(path: Path) -> None:
    assert "db.session" not in path.read_text()


@pytest.mark.parametrize("path", named(MODULES))
def test_nobody_uses_the_old_query_interface(path: Path) -> None:
    assert not [call for call in calls(path) if ".query." in f"{call}." and "session" in call]


def test_apart_is_used_where_a_refusal_must_be_remembered_and_nowhere_else() -> None:
    users = {str(p.relative_to(APP)) for p in MODULES if "apart" in calls(p)}
    assert users <= {"core/web/throttling.py", "accounts/signing_in.py"}


@pytest.mark.parametrize(
    "path", named([p for p in MODULES if p.parent == APP / "core" or "core" in p.parts])
)
def test_core_knows_no_product_word(path: Path) -> None:
    assert not PRODUCT_WORDS.findall(path.read_text())


@pytest.mark.parametrize("path", named([p for p in MODULES if p != APP / "core" / "clock.py"]))
def test_only_the_clock_reads_the_clock(path: Path) -> None:
    assert not {"datetime.now", "datetime.utcnow", "date.today", "time.time"} & set(calls(path))


@pytest.mark.parametrize(
    "path",
    named([p for p in MODULES if p not in (APP / "factory.py", APP / "core" / "settings.py")]),
)
def test_only_settings_read_the_environment(path: Path) -> None:
    assert "os.environ" not in path.read_text()


@pytest.mark.parametrize("path", named([p for p in TEMPLATES if "mail" not in p.parts]))
def test_template_has_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text()
    assert not re.search(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)|<style|\sstyle=|\son\w+=", text
    )


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_template_escapes(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape false", path.read_text())


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_template_names_no_role(path: Path) -> None:
    assert not re.search(r"\bRole\.|current_user\.roles\b", path.read_text())


@pytest.mark.parametrize(
    "path",
    [pytest.param(p, id=p.name) for p in sorted(APP.rglob("*.css")) if p.name != "tokens.css"],
)
def test_colours_stand_in_tokens_only(path: Path) -> None:
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)", path.read_text())
