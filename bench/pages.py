"""What pages cost: server CPU time per operation, as a ratio to a hello-world view of the same run.

    python -m bench.pages --tickets 1000 --tickets 100000 --database sqlite --database postgres

A real server on a seeded database is driven over loopback by one person; every answer is checked
for a marker; the CPU time of the web and database processes is read from the operating system.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from app.tickets.inbox.language import VALUES, Operator
from bench.servers import ROOT, Browser, Server, serving

POSTGRES = os.environ.get("HEARTH_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
NAMED = (
    Operator.STATUS,
    Operator.IS,
    Operator.PRIORITY,
    Operator.CHANNEL,
    Operator.HAS,
    Operator.SORT,
)
SEARCHES = (
    *(f"{operator}:{value}" for operator in NAMED for value in VALUES[operator]),
    "assignee:me",
    "assignee:none",
    "-assignee:me",
    'assignee:"person 20"',
    "team:billing",
    "team:none",
    "-team:billing",
    "tag:printer",
    "tag:spam",
    "tag:recall",
    "tag:unheard-of",
    "-tag:printer",
    "from:person500@bench.example",
    'from:"person 500"',
    "from:nobody",
    "-from:person500@bench.example",
    "created:<7d",
    "created:>90d",
    "created:@month",
    "updated:>30d",
    "updated:@month",
    "-has:attachment",
    "is:active assignee:me",
    "is:active tag:recall",
    "is:active has:attachment tag:refund",
    "status:closed tag:spam sort:oldest",
    "created:<30d -assignee:none",
    "is:solved updated:>30d",
    "priority:urgent sort:created",
    "team:billing is:open sort:priority",
    "status:open assignee:me tag:billing from:person500@bench.example created:<7d has:attachment -tag:spam",
)
"""What agents look for: every operator, with many matches, few, and none; `@month` is one a year ago."""
REPEATS = 3
STARTS = 10
MAKE_AHEAD = """
from app import create_app
from app.core.uow import unit_of_work
from app.metrics.ahead import make_ahead
with create_app().app_context(), unit_of_work():
    make_ahead()
"""
"""What the worker does each minute."""
WARM_UP = 10  # so that both processes have met the page


@dataclass(frozen=True)
class Operation:
    """Something a person does; `run` must raise when the answer lacks its marker."""

    name: str
    goal: float | None
    run: Callable[[], None]
    times: int = 60


def main() -> None:
    """Seed, serve, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tickets", type=int, action="append")
    options.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    options.add_argument("--only", default="", help="the operations whose names contain this")
    chosen = options.parse_args()
    table: dict[str, dict[str, float]] = {}
    goals: dict[str, float | None] = {}
    for database in chosen.database or ["sqlite", "postgres"]:
        for tickets in chosen.tickets or [1000, 100_000]:
            column = f"{database} {tickets:,}"
            print(f"{column}: seeding", file=sys.stderr, flush=True)
            with seeded(database, tickets) as environ:
                for operation, ratio in measured(environ, chosen.only):
                    table.setdefault(operation.name, {})[column] = ratio
                    print(f"{column}: {operation.name} {ratio:.1f}", file=sys.stderr, flush=True)
                    goals[operation.name] = operation.goal
    print_table(table, goals)


@contextmanager
def seeded(database: str, tickets: int) -> Iterator[dict[str, str]]:
    """The environment of a server on a new database with that many tickets."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {"HEARTH_INSTANCE": folder, "FLASK_APP": "wsgi.py"}
        name = f"hearth_bench_{uuid.uuid4().hex[:8]}"
        if database == "postgres":
            _on_server(f"CREATE DATABASE {name}")
            environ["DATABASE_URL"] = f"{POSTGRES}/{name}"
        try:
            for command in (
                ["-m", "flask", "db", "upgrade"],
                ["-m", "flask", "content", "sync"],
                ["-m", "bench.seed", str(tickets)],
                ["-m", "flask", "metrics", "rebuild"],
            ):
                subprocess.run(
                    [sys.executable, *command],
                    cwd=ROOT,
                    env={**os.environ, **environ},
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
            yield environ
        finally:
            if database == "postgres":
                _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def measured(environ: dict[str, str], only: str = "") -> Iterator[tuple[Operation, float]]:
    """Each operation with its cost in hello-worlds; those whose names contain `only`."""
    with serving("bench.hello:app", {}) as hello, serving("wsgi:app", environ) as server:
        plain = Browser(hello.port)
        yardstick = Operation("hello", None, lambda: _expect(plain, "/", "Hello"), 500)
        for operation in operations(server):
            if only not in operation.name:
                continue
            for _ in range(WARM_UP):
                operation.run()
            ratios = []
            for _ in range(REPEATS):
                base = cost_s(hello, yardstick)
                ratios.append(cost_s(server, operation) / base)
            yield operation, statistics.median(ratios)
        for name, goal, met in (
            ("metrics, 12 weeks, cold", 50, "/metrics?last=28"),
            ("metrics, 12 weeks, first page of a process", None, "/inbox"),
        ):
            if only in name:
                cold = Operation(name, goal, lambda: None)
                yield cold, cold_s(environ, met=met) / cost_s(hello, yardstick)
        memory = Operation("resident MB of a web process", 150, lambda: None)
        yield memory, server.resident_mb()


def cost_s(server: Server, operation: Operation) -> float:
    """CPU seconds of one run of the operation."""
    before = server.cpu_s()
    for _ in range(operation.times):
        operation.run()
    return (server.cpu_s() - before) / operation.times


def cold_s(environ: dict[str, str], *, met: str) -> float:
    """CPU seconds of the metrics page as it opens, in processes just started that have met one page."""
    costs = []
    for _ in range(STARTS):
        ahead = [sys.executable, "-c", MAKE_AHEAD]
        subprocess.run(ahead, cwd=ROOT, env={**os.environ, **environ}, check=True)
        with serving("wsgi:app", environ) as server:
            agent = signed_in(Browser(server.port))
            _expect(agent, met, "<main")
            before = server.cpu_s()
            _expect(agent, "/metrics", "figures")
            costs.append(server.cpu_s() - before)
    return statistics.mean(costs)


def operations(server: Server) -> Iterator[Operation]:
    """What is measured; goals are those of the project, in hello-worlds."""
    visitor, agent = Browser(server.port), signed_in(Browser(server.port))
    second = page_after(agent, "/inbox?view=resolved", 1)
    fiftieth = page_after(agent, "/inbox?view=resolved", 49)
    slug = re.findall(r'href="/help/([a-z0-9-]+)"', visitor.get("/")[1])[0]
    page = f"/help/{slug}"
    token = token_of(agent, "/tickets/1")
    said = {"csrf_token": token, "kind": "reply", "then": "open", "text": "It **works** now."}
    asked = {"csrf_token": token, "subject": "Bench", "text": "Does it scale?"}
    inbox, ticket = "/inbox?view=resolved", 'id="latest"'
    yield Operation("inbox, first page", 13, lambda: _expect(agent, inbox, "c-subj"))
    yield Operation("inbox, second page", 13, lambda: _expect(agent, second, "c-subj"))
    yield Operation("inbox, page 50", 13, lambda: _expect(agent, fiftieth, "c-subj"))
    yield Operation(
        "inbox, unassigned", 13, lambda: _expect(agent, "/inbox?view=unassigned", "c-subj")
    )
    today = datetime.now(UTC).date()
    month = f"{today - timedelta(days=365):%Y-%m}"
    for search in SEARCHES:
        found = f"/inbox?{urlencode({'q': search.replace('@month', month)})}"
        yield Operation(f"inbox, {search}", 13, partial(_expect, agent, found, 'id="inbox"'))
    saved = save_view(agent, token, "priority:urgent is:active")
    yield Operation("inbox, saved view", 13, lambda: _expect(agent, saved, "c-subj"))
    yield Operation("ticket, 10 messages", 13, lambda: _expect(agent, "/tickets/1", ticket))
    yield Operation("ticket, 200 messages", 40, lambda: _expect(agent, "/tickets/2", ticket), 40)
    yield Operation("article, anonymous", 2, lambda: _expect(visitor, page, "<article"), 300)
    yield Operation("article, signed in", 10, lambda: _expect(agent, page, "<article"))
    yield Operation(
        "question, anonymous", 4, lambda: _expect(visitor, "/community/questions/1", "Scale"), 600
    )
    yield Operation(
        "question, signed in", 13, lambda: _expect(agent, "/community/questions/1", "Scale")
    )
    yield Operation(
        "metrics, 12 weeks, warm", 13, lambda: _expect(agent, "/metrics", "figures"), 30
    )
    unseen = (
        f"/metrics?from={today - timedelta(days=83)}&to={today + timedelta(days=ahead)}"
        for ahead in count(1)
    )  # the same tickets in each, but nothing remembered
    yield Operation(
        "metrics, 12 weeks nobody made", None, lambda: _expect(agent, next(unseen), "figures"), 20
    )
    yield Operation("create a ticket", 20, lambda: _send(agent, "/tickets", asked), 60)
    yield Operation("reply", 20, lambda: _send(agent, "/tickets/3/messages", said), 60)


def signed_in(browser: Browser) -> Browser:
    """The bench's agent, signed in through the form."""
    sent = browser.post(
        "/sign-in", {"email": "agent@bench.example", "password": "bench password 1"}
    )
    if sent[0] != 303:
        raise RuntimeError(f"sign-in answered {sent[0]}")
    return browser


def token_of(browser: Browser, path: str) -> str:
    """The token that the page's forms carry."""
    found: list[str] = re.findall(r'name="csrf_token" value="([^"]+)"', browser.get(path)[1])
    return found[0]


def save_view(browser: Browser, token: str, search: str) -> str:
    """The address of a new saved view."""
    fields = {"csrf_token": token, "name": "Bench", "search": search}
    status, text = browser.post("/inbox/views", fields)
    if status != 303:
        raise RuntimeError(f"/inbox/views answered {status}: {text[:300]}")
    return "/inbox?saved=1"


def page_after(browser: Browser, path: str, pages: int) -> str:
    """The address reached by that many clicks on Next."""
    for _ in range(pages):
        links = re.findall(r'href="([^"]+)" rel="next"', browser.get(path)[1])
        path = links[0].replace("&amp;", "&") if links else path
    return path


def print_table(table: dict[str, dict[str, float]], goals: dict[str, float | None]) -> None:
    """A Markdown table: operations, their goals, a column for each database and size."""
    columns = list(dict.fromkeys(column for row in table.values() for column in row))
    print(f"| operation (× hello world) | goal | {' | '.join(columns)} |")
    print(f"|---|---|{'---|' * len(columns)}")
    for name, row in table.items():
        cells = [f"{row[column]:.1f}" if column in row else "–" for column in columns]
        goal = f"≤ {goals[name]:g}" if goals[name] else "–"
        print(f"| {name} | {goal} | {' | '.join(cells)} |")


def _expect(browser: Browser, path: str, marker: str) -> None:
    status, text = browser.get(path)
    if status != 200 or marker not in text:
        raise RuntimeError(f"{path} answered {status} without {marker!r}")


def _send(browser: Browser, path: str, fields: dict[str, str]) -> None:
    status, text = browser.post(path, fields)
    if status != 303:
        raise RuntimeError(f"{path} answered {status}: {text[:300]}")


def _on_server(statement: str) -> None:
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(f"\n{time.monotonic() - started:.0f} s, {Path(__file__).name}", file=sys.stderr)
