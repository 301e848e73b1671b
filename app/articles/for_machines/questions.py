"""The questions of an article that is made of them: its headings, and what follows each as the answer."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.articles.for_machines.elsewhere import elsewhere, without_anchors

_HEADING = re.compile(r"<h2\b[^>]*>(?P<question>.*?)</h2>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Answered:
    """A question as plain text, and its answer as HTML with whole addresses."""

    question: str
    answer: str


def questions_in(page: str) -> Iterator[Answered]:
    """Every heading of the second level that something follows."""
    found = list(_HEADING.finditer(page))
    ends = (*(each.start() for each in found[1:]), len(page))
    for heading, end in zip(found, ends, strict=False):
        text = _TAG.sub("", without_anchors(heading["question"]))
        question, answer = html.unescape(text).strip(), elsewhere(page[heading.end() : end])
        if question and answer:
            yield Answered(question, answer)
