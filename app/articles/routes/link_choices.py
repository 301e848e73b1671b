"""Articles to link to, while somebody types behind `[[`."""

from flask import Response

from app.articles.writing.completing import LONGEST, completions
from app.core.web import arguments
from app.core.web.responses import page


def list_link_choices() -> Response:
    """Articles, and behind `#` their headings, each with the link that it puts in."""
    found = completions(arguments.text("q", longest=LONGEST))
    return page("articles/writing/_link_choices.html", choices=found)
