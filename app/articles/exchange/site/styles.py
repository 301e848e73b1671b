"""The style sheet of the site, which is the desk's own, and the fonts that it names."""

import posixpath
import re
from pathlib import Path

from flask import current_app

from app.core.web.joining import join_sheets, point_at

FONTS = "fonts"
_FONT = re.compile(rf'url\("({FONTS}/([\w.-]+\.woff2))"\)')


def styles() -> tuple[bytes, dict[str, bytes]]:
    """The sheet, and the fonts by their names."""
    folder = Path(current_app.root_path) / "static"

    def read(path: str) -> str:
        return point_at(path, (folder / path).read_text(encoding="utf-8"), posixpath.normpath)

    names = (folder / "css/order.txt").read_text(encoding="utf-8").split()
    sheet = join_sheets([f"css/{name}" for name in names], read)
    found = sorted({name for _, name in _FONT.findall(sheet)})
    return sheet.encode(), {name: (folder / FONTS / name).read_bytes() for name in found}
