"""What relations do about facts: they are found anew soon after an article changed."""

from datetime import timedelta

from app.articles.events import ArticleChanged
from app.articles.related.jobs import relate

SOON = timedelta(seconds=20)
"""So that a sync of many articles is one round."""


def on_changed(_fact: ArticleChanged) -> None:
    """Let the worker look at what belongs together, once for all changes of the next moments."""
    relate.later(_key="relate articles", _delay=SOON)
