"""Links in the demo's texts: `help:SLUG` stands for the address of an article."""

import re

from app.core.web import addresses

_GUIDE = re.compile(r"\]\(help:([^)]+)\)")


def absolute(text: str) -> str:
    """The text with whole addresses, so that they work on the page and in the mail."""
    return _GUIDE.sub(lambda found: f"]({_address(found[1])})", text)


def _address(slug: str) -> str:
    return addresses.absolute("articles.show_article", slug=slug)
