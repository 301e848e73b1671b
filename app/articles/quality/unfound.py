"""Searches that found nothing: what people look for and nobody has written yet."""

from collections.abc import Iterator

from app.articles.quality.finding import Finding, new_url
from app.search.misses.noting import most_missed

_WHO = {"visitor": "visitors", "customer": "customers", "agent": "colleagues"}


def searches() -> Iterator[Finding]:
    """Words that were searched for at least twice, the most wanted first."""
    for missed in most_missed():
        who = " and ".join(_WHO[each] for each in _WHO if each in missed.audiences)
        yield Finding(
            title=missed.words,
            sentence=f"Searched for {missed.times} times by {who}, last on {missed.last_on:%-d %B}.",
            fix_url=new_url(missed.words),
            fix="Write about it",
        )
