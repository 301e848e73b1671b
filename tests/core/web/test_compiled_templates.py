"""Compiled templates: kept for the processes that start later, and nothing else is ever run."""

import resource
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import render_template_string
from jinja2 import DictLoader, Environment
from jinja2.bccache import Bucket

from app import create_app
from app.core.settings import Settings
from app.core.web.compiled_templates import CompiledTemplates


class Process(Environment):
    """An environment as a new process has it, which knows the names of what it had to compile."""

    def __init__(self, folder: Path, source: str, key: str = "ours") -> None:
        cache = CompiledTemplates(folder, key=key)
        super().__init__(
            loader=DictLoader({"greeting": source}), autoescape=True, bytecode_cache=cache
        )
        self.compiled: list[object] = []

    def compile(self, source: Any, name: Any = None, *args: Any, **kwargs: Any) -> Any:
        self.compiled.append(name)
        return super().compile(source, name, *args, **kwargs)

    def greet(self, name: str = "Ana") -> str:
        return self.get_template("greeting").render(name=name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "compiled"


def test_a_template_is_compiled_once_for_all_processes(folder: Path) -> None:
    first, second = Process(folder, "Hello {{ name }}"), Process(folder, "Hello {{ name }}")
    assert (first.greet(), second.greet()) == ("Hello Ana", "Hello Ana")
    assert (first.compiled, second.compiled) == (["greeting"], [])


def test_a_template_that_changed_is_compiled_anew_and_takes_the_place_of_the_old_one(
    folder: Path,
) -> None:
    Process(folder, "Hello {{ name }}").greet()
    assert Process(folder, "Good day, {{ name }}").greet() == "Good day, Ana"
    assert len([*folder.iterdir()]) == 1


def test_nobody_else_may_look_into_the_folder(folder: Path) -> None:
    Process(folder, "Hello").greet()
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IRWXU


@pytest.mark.parametrize("left", [0, 1, 31, 32, 40, 60, -1])
def test_a_file_that_was_cut_short_is_not_used(folder: Path, left: int) -> None:
    Process(folder, "Hello {{ name }}").greet()
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:left])
    assert Process(folder, "Hello {{ name }}").greet() == "Hello Ana"
    later = Process(folder, "Hello {{ name }}")
    later.greet()
    assert not later.compiled, "mended"


def test_what_somebody_else_wrote_is_not_run(folder: Path) -> None:
    theirs = CompiledTemplates(folder, key="guessed")
    environment = Process(folder, "Hello {{ name }}")
    checksum = theirs.get_source_checksum("Hello {{ name }}")
    bucket = Bucket(environment, theirs.get_cache_key("greeting"), checksum)
    bucket.code = compile("raise SystemExit('run')", "greeting", "exec")
    theirs.dump_bytecode(bucket)
    assert environment.greet() == "Hello Ana"


def test_mails_are_not_given_what_was_compiled_for_pages(folder: Path) -> None:
    page = Process(folder, "Hello {{ name }}")
    mail = page.overlay(autoescape=False)
    assert page.greet("<b>") == "Hello &lt;b&gt;"
    assert mail.get_template("greeting").render(name="<b>") == "Hello <b>"
    assert Process(folder, "Hello {{ name }}").greet("<b>") == "Hello &lt;b&gt;"


def test_pages_work_where_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert Process(tmp_path / "file" / "compiled", "Hello {{ name }}").greet() == "Hello Ana"


@pytest.fixture
def full_disk() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_pages_work_on_a_full_disk_and_nothing_half_stays(folder: Path, full_disk: None) -> None:
    assert Process(folder, "Hello {{ name }}").greet() == "Hello Ana"
    assert not [*folder.iterdir()]


def test_a_desk_keeps_its_own_in_its_instance_folder(tmp_path: Path) -> None:
    desk = create_app(Settings(instance=tmp_path))
    with desk.test_request_context("/"):
        render_template_string("{% from 'components/icon.html' import icon %}{{ icon('plus') }}")
    assert len([*(tmp_path / "compiled").iterdir()]) == 1
