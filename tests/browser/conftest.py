"""One desk and one browser for all tests of this folder; with pytest-xdist, one for each worker."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.running_desk import Desk, running
from tests.browser.window import Windows
from tests.support.databases import PostgresTemplate, SqliteTemplate

HERE = Path(__file__).parent
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of them as tests that need a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if shutil.which(program) is None:
        reason = f"no Chromium at {program}; CHROMIUM can name another place"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def desk(
    chromium: Browser,
    template: SqliteTemplate | PostgresTemplate,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Desk]:
    instance = tmp_path_factory.mktemp("desk")
    with template.copy(instance) as url, running(instance, database_url=url) as desk:
        yield desk


@pytest.fixture(scope="package")
def windows(chromium: Browser, desk: Desk) -> Windows:
    return Windows(chromium, url=desk.url)


@pytest.fixture
def visit(windows: Windows, desk: Desk) -> Iterator[Windows]:
    """Opens windows; when the test ends, nothing may have gone wrong in them or in the desk."""
    yield windows
    faults = [*windows.close(), *desk.complaints()]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
