"""A library of its own for each test."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support.library import Library


@pytest.fixture
def settings_for_test(tmp_path: Path) -> dict[str, Any]:
    return {"content": tmp_path / "content"}


@pytest.fixture
def library(app: Flask, tmp_path: Path) -> Library:
    return Library(app, tmp_path / "content" / "articles")
