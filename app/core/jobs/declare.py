"""Declaring jobs: a decorator that gives a function `.later()`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, bindparam, event, insert, select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Model, RoutingSession, add_unless_there, db
from app.core.jobs.model import Job, State
from app.core.uow import begin_writing

# Past the ORM: a fact adds several, and nobody asks the session for them again.
_ADD = insert(Model.metadata.tables[Job.__tablename__])

_WAITING = select(Job.id).where(Job.key == bindparam("key"))

REGISTRY: dict[str, "Declared"] = {}


@dataclass(frozen=True)
class Declared:
    """A function that the worker runs.  `attempts` is how often before it is given up."""

    function: Callable[..., None]
    attempts: int
    size: int = 0
    name: str = field(init=False)

    def __post_init__(self) -> None:
        module = self.function.__module__.removeprefix("app.")
        object.__setattr__(self, "name", f"{module}.{self.function.__name__}")
        REGISTRY[self.name] = self

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        """Do it here and now."""
        self.function(*args, **kwargs)

    def later(
        self, *, _delay: timedelta = timedelta(0), _key: str | None = None, **arguments: Any
    ) -> None:
        """Add the row, in the present transaction: at its end, with all others of it.

        `arguments` are ids and plain values.  With a `_key`, nothing is added while a job of that
        key still waits or runs.
        """
        begin_writing()
        run_at = clock.now() + _delay
        row = {"name": self.name, "arguments": arguments, "key": _key, "run_at": run_at}
        if _key is None:
            db.session().info.setdefault("jobs to add", []).append(row)
        elif _is_first(_key) and db.session.scalar(_WAITING, {"key": _key}) is None:
            add_unless_there(Job, **row)
            db.session().info["jobs"] = True

    def hasten(self, **among: Select[int]) -> None:
        """Make waiting runs due now whose named argument, a number, is among these."""
        begin_writing()
        add_rows(db.session())
        now = clock.now()
        chosen = [Job.arguments[name].as_integer().in_(ids) for name, ids in among.items()]
        waiting = (Job.name == self.name, Job.state == State.READY, Job.run_at > now)
        sooner = update(Job).where(*waiting, *chosen).values(run_at=now)
        db.session.execute(sooner.execution_options(synchronize_session=False))
        db.session().info["jobs"] = True


def _is_first(key: str) -> bool:
    """Whether nobody asked for this key in this transaction: an act may ask for each thing it changed."""
    asked: set[str] = db.session().info.setdefault("keys of jobs", set())
    if key in asked:
        return False
    asked.add(key)
    return True


@event.listens_for(RoutingSession, "before_commit")
def add_rows(session: Session) -> None:
    """Write down what was put off until the end of the transaction, for those who look before it."""
    rows = session.info.pop("jobs to add", ())
    if rows:
        session.execute(_ADD, rows)
        session.info["jobs"] = True


def job(*, attempts: int = 8) -> Callable[[Callable[..., None]], Declared]:
    """Declare a job.  It runs at least once, so it must not matter if it runs twice."""
    return lambda function: Declared(function, attempts)


def batch_job(*, size: int, attempts: int = 8) -> Callable[[Callable[..., None]], Declared]:
    """Declare a job that takes the arguments of up to `size` waiting rows at once, as a list."""
    return lambda function: Declared(function, attempts, size)
