"""A library for those who read it: one article for each audience."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.library import Library

PUBLIC, SIGNED_IN, AGENTS = "kb_aaaaaaaaa2", "kb_bbbbbbbbb2", "kb_ccccccccc2"


@pytest.fixture
def settings_for_test(tmp_path: Path) -> dict[str, Any]:
    return {"content": tmp_path / "content", "public_url": "https://desk.example"}


@pytest.fixture
def three(library: Library) -> Library:
    """One article for each audience, in one section."""
    library.write("guides/_folder.yml", "title: First steps\n")
    for id, visibility in ((PUBLIC, "public"), (SIGNED_IN, "signed_in"), (AGENTS, "agents")):
        name = visibility.replace("_", "-")
        library.article(
            f"guides/{name}.md",
            f"Text about the flux capacitor for {name}.\n",
            id=id,
            title=f"For {name}",
            summary=f"Summary of {name}",
            visibility=visibility,
        )
    library.article("guides/draft.md", "Not yet.", title="A draft", status="draft")
    assert library.sync().exit_code == 0
    return library
