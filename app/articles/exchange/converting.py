"""From HTML to Markdown; what that takes is loaded by the process that does it, which few do."""

from app.articles.exchange.converted import Converted


def markdown_of(html: str) -> Converted:
    """The text of a page, or of a part of one."""
    from app.articles.exchange.html import as_markdown  # noqa: PLC0415 - its parsers weigh 10 MB

    return as_markdown(html)
