"""The map of the house names every room and every module, and nothing that is not there."""

import re
from pathlib import Path

APP = Path(__file__).parents[2] / "app"


def test_map_shows_the_house_as_it_is() -> None:
    text = (APP / "ARCHITECTURE.md").read_text()
    shown = text[text.index("<!-- map -->") : text.index("<!-- /map -->")]
    folders: list[str] = []
    drawn = set()
    for indent, name in re.findall(r"^( +)(\S+)  ", shown, re.M):
        depth = len(indent) // 4 - 1
        folders = [*folders[:depth], name]
        drawn.add("".join(folders))
    modules = {
        path for path in APP.rglob("*.py") if path.parent != APP or path.name != "__init__.py"
    }
    packages = {path.parent for path in modules if path.name == "__init__.py"}
    there = {str(path.relative_to(APP)) for path in modules if path.name != "__init__.py"}
    there |= {f"{path.relative_to(APP)}/" for path in packages}
    assert drawn == there
