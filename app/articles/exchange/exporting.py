"""Exporting the knowledge base as files that another desk can take over."""

from app.articles.exchange.collecting import Collection


def content_files(found: Collection) -> dict[str, bytes]:
    """The folder content/ by paths: what was collected, articles, folders and pictures."""
    files = {f"content/articles/{leaf.path}": leaf.text.text.encode() for leaf in found.leaves}
    files |= {f"content/articles/{path}": data for path, data in found.folders.items()}
    return files | {f"content/assets/{path}": data for path, data in found.assets.items()}
