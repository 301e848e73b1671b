"""Links to the web in files, asked about from the command line: faults with their file, line and column."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from app.articles.files.fault import Fault
from app.articles.files.manuscript import Manuscript
from app.articles.files.source_file import read
from app.articles.links.link import LinkKind
from app.articles.plan import Step
from app.articles.quality.outward.asking import Outcome, ask
from app.articles.quality.outward.asking_all import ask_all
from app.articles.quality.outward.web_link import Answer
from app.core.settings import settings

Watch = Callable[[Iterable[tuple[str, Outcome]], int], Iterable[tuple[str, Outcome]]]
"""Gives the answers back one by one; how many there will be comes with them."""


def lost_links(steps: Iterable[Step], *, root: Path, watch: Watch) -> list[Fault]:
    """The links of prepared articles that lead nowhere (W210), in the order of files and lines."""
    places = sorted(_places(steps, root))
    urls = list(dict.fromkeys(url for _, _, _, url in places))
    question = partial(ask, ours=settings().public_url)
    outcomes = dict(watch(ask_all(urls, ask=question), len(urls)))
    return [
        Fault(path, line, column, "W210", f"{outcomes[url].said} {url}")
        for path, line, column, url in places
        if url in outcomes and outcomes[url].answer in (Answer.GONE, Answer.TROUBLE)
    ]


def _places(steps: Iterable[Step], root: Path) -> Iterator[tuple[str, int, int, str]]:
    for step in steps:
        if step.prepared is None:
            continue
        web = [each for each in step.prepared.links if each.kind is LinkKind.WEB]
        if not web:
            continue
        # An article that is to get its id with this sync has a line more than its file.
        in_file = Manuscript.of(read(root, step.path).text).body_line
        shift = in_file - step.prepared.manuscript.body_line
        for each in web:
            yield step.path, each.line + shift, each.column, each.target
