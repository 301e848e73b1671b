"""What a sync costs, beside reading and hashing the same files.

    python -m bench.content_sync --articles 5000 --database sqlite

First everything is new; then nothing has changed; then a hundred files have.  Ratios are of one run
on one machine: the time of a sync by the time it takes to read and hash the files.
"""

import argparse
import hashlib
import os
import random
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import psycopg
from flask_migrate import upgrade
from sqlalchemy import event

from app import create_app
from app.articles.syncing import Synced, root_of, sync
from app.articles.ways import ways_of
from app.core.db import db
from app.core.settings import ROOT, Settings

POSTGRES = os.environ.get("HEARTH_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
GOALS_S = {"nothing changed": 2.0, "a hundred changed": 7.0}


def main() -> None:
    """Write, sync, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=5000)
    options.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, database(chosen.database) as url:
        known = Settings(
            instance=Path(folder) / "instance", content=Path(folder) / "content", database_url=url
        )
        known.instance.mkdir()
        files = written(root_of(known), chosen.articles)
        with create_app(known).app_context():
            upgrade(str(ROOT / "migrations"))
            measure(known, files)


def measure(known: Settings, files: list[Path]) -> None:
    """Three syncs, and three times reading and hashing alone."""
    yardstick = min(timed(lambda: read_and_hash(files))[0] for _ in range(3))
    print(f"{'reading and hashing':<20}{yardstick:8.2f} s")
    for name, changes in (
        ("all are new", 0),
        ("nothing changed", 0),
        ("a hundred changed", 100),
        ("nothing changed", 0),
    ):
        change_some(files, changes)
        with counted() as statements:
            seconds, done = timed(lambda: sync(root_of(known), ways=ways_of(known), actor="bench"))
        goal = GOALS_S.get(name)
        said = f"{seconds / yardstick:8.1f} ×  {len(statements):5} statements"
        print(f"{name:<20}{seconds:8.2f} s {said}" + (f"  (goal {goal} s)" if goal else ""))
        assert not done.plan.faults, next(iter(done.plan.faults.items()))


def timed(do: Callable[[], Synced | None]) -> tuple[float, Synced]:
    """How long it took, in seconds, and what it gave."""
    began = perf_counter()
    done = do()
    return perf_counter() - began, done  # type: ignore[return-value]


def written(root: Path, count: int) -> list[Path]:
    """Articles like our own, in sections of fifty, each with a link to another one."""
    own = sorted((ROOT / "content" / "articles").rglob("*.md"))
    bodies = [path.read_text().split("---\n", 2)[2] for path in own]
    plain = [body for body in bodies if "](" not in body] or ["Text.\n"]
    files = []
    for number in range(count):
        path = root / f"section-{number // 50}" / f"article-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        other = f"article-{number // 50 * 50}.md"
        id = "kb_" + "".join(
            "abcdefghijklmnopqrstuvwxyz234567"[number >> 5 * place & 31] for place in range(10)
        )
        head = (
            f"---\nid: {id}\ntitle: Article {number}\nstatus: published\nvisibility: public\n---\n"
        )
        path.write_text(f"{head}{plain[number % len(plain)]}\n[First of them]({other})\n")
        files.append(path)
    return files


def change_some(files: list[Path], count: int) -> None:
    """A new paragraph in each of some files."""
    for path in random.Random(1).sample(files, count):
        path.write_text(path.read_text() + "\nOne more paragraph.\n")


def read_and_hash(files: list[Path]) -> None:
    """What no sync can do without."""
    for path in files:
        hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent inside."""
    statements: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_: object) -> None:
        statements.append(statement)

    for engine in db.engines.values():
        event.listen(engine, "before_cursor_execute", note)
    yield statements
    for engine in db.engines.values():
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The address of an empty database; on SQLite the one of the instance."""
    if kind == "sqlite":
        yield ""
        return
    name = f"hearth_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"{POSTGRES}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    main()
