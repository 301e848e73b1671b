"""Asking about many addresses: several servers at once, but each in its own time."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event
from urllib.parse import urlsplit

from app.articles.quality.outward.asking import Outcome

SERVERS_AT_ONCE = 8
PAUSE_S = 1.0
"""Between two questions to the same server."""
MOST = 2_000

Ask = Callable[[str], Outcome]


def ask_all(
    urls: Iterable[str], *, ask: Ask, pause_s: float = PAUSE_S
) -> Iterator[tuple[str, Outcome]]:
    """Each address, at most `MOST`, with what was learnt, as soon as it is.

    Raises what `ask` raises.
    """
    by_server: dict[str, list[str]] = {}
    for url in list(dict.fromkeys(urls))[:MOST]:
        by_server.setdefault(_server(url), []).append(url)
    answers: SimpleQueue[tuple[str, Outcome] | None] = SimpleQueue()
    stop = Event()

    def ask_each(mine: list[str]) -> None:
        try:
            for number, url in enumerate(mine):
                if stop.wait(pause_s if number else 0):
                    return
                answers.put((url, ask(url)))
        finally:
            answers.put(None)

    with ThreadPoolExecutor(SERVERS_AT_ONCE) as pool:
        try:
            servers = [pool.submit(ask_each, mine) for mine in by_server.values()]
            ended = 0
            while ended < len(servers):
                answer = answers.get()
                if answer is None:
                    ended += 1
                else:
                    yield answer
            for server in servers:
                server.result()
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)


def _server(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
