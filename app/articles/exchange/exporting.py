"""Exporting the knowledge base: its files, or a site of plain pages; only what an audience may read."""

from pathlib import Path

from app.articles.exchange.collecting import Collection, collect
from app.articles.exchange.site.building import build

FORMATS = ("zip", "html")


def exported(
    root: Path, *, shape: str, audience: str, lang: str = "", with_drafts: bool = False
) -> dict[str, bytes]:
    """The files of an export by their paths; `root` is the folder whose files are articles."""
    found = collect(root, audience=audience, lang=lang, with_drafts=with_drafts)
    return build(found) if shape == "html" else as_content(found)


def as_content(found: Collection) -> dict[str, bytes]:
    """The folder content/ as another desk would take it over."""
    files = {f"content/articles/{leaf.path}": leaf.text.text.encode() for leaf in found.leaves}
    files |= {f"content/articles/{path}": data for path, data in found.folders.items()}
    return files | {f"content/assets/{path}": data for path, data in found.assets.items()}
