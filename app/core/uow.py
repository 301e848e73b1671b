"""The unit of work: the only place that commits or rolls back.

Whatever runs (request, job, command) begins by reading, through an engine that cannot write.  The
first verb opens the write transaction; the end of the request, job or command commits it or undoes
it whole.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, Response, current_app, request
from flask import session as cookie
from sqlalchemy import inspect
from sqlalchemy.exc import InvalidRequestError, SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from app.core import doorbell
from app.core.db import Model, db
from app.core.errors import Conflict

P = ParamSpec("P")
R = TypeVar("R")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def init_app(app: Flask) -> None:
    """Close the transaction after every request.  To be called before other hooks: it runs last."""
    app.after_request(_close_transaction)


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as one that changes state.

    It runs in the write transaction, which it opens if need be, and the models among its positional
    arguments are read again, locked: what was seen before may have changed meanwhile.  In place of a
    proxy, such as the current user, it is given what stands behind it.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        begin_writing()
        things = [_behind(thing) for thing in args]
        for thing in things:
            if isinstance(thing, Model):
                read_again(thing)
        named = {name: _behind(thing) for name, thing in kwargs.items()}
        return function(*things, **named)

    return run


def begin_writing() -> None:
    """Send every statement from here to the end of the unit of work through the write transaction."""
    db.session().info["writing"] = True


def read_again(thing: Model) -> None:
    """Read a thing anew, locked, unless this write transaction has done so, made or changed it.

    Raises Conflict when it is gone.
    """
    session = db.session()
    fresh: set[int] = session.info.setdefault("fresh", set())
    state = inspect(thing)
    if id(thing) in fresh or not state.persistent or state.modified:
        return
    columns = [column.key for column in inspect(type(thing)).column_attrs]
    try:
        session.refresh(thing, attribute_names=columns, with_for_update=True)
    except InvalidRequestError as fault:  # there is no row any more
        raise Conflict("Somebody else was faster: this is done, or gone.") from fault
    fresh.add(id(thing))


def made_here(thing: Model) -> None:
    """Say that this write transaction has made the thing, so there is nothing to read again."""
    db.session().info.setdefault("fresh", set()).add(id(thing))


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit what happened inside, or nothing.  Used by the worker, by commands and by tests."""
    try:
        yield
        _commit()
    except BaseException:
        _roll_back()
        raise


@contextmanager
def piece_of_work() -> Iterator[None]:
    """A part of the unit of work that is undone alone, with the jobs it asked for, when it is refused."""
    session = db.session()
    before = len(session.info.get("jobs to add", ()))
    try:
        with session.begin_nested():
            yield
    except BaseException:
        del session.info.get("jobs to add", [])[before:]
        session.info.pop("keys of jobs", None)
        raise


@contextmanager
def reading() -> Iterator[None]:
    """Read inside, and leave no transaction open afterwards."""
    _insist_on_nothing_written()
    try:
        yield
    finally:
        _roll_back()


def let_go() -> None:
    """End the read transaction before waiting for something slow; what was loaded is forgotten."""
    _insist_on_nothing_written()
    db.session.rollback()


@contextmanager
def apart() -> Iterator[Session]:
    """A short write transaction of its own, for what must survive a refusal: a failed sign-in.

    May be entered only while the unit of work has not begun to write: the two would wait for each
    other.
    """
    _insist_on_nothing_written()
    with db.session.session_factory(info={"writing": True}) as session:
        yield session
        session.commit()


def _insist_on_nothing_written() -> None:
    if db.session().info.get("writing"):
        raise RuntimeError("a write transaction is open: it would be lost, or waited for")


def _commit() -> None:
    session = db.session()
    db.session.commit()
    rang = session.info.pop("jobs", False)
    session.info.clear()
    if rang:
        doorbell.ring()


def _roll_back() -> None:
    db.session.rollback()
    db.session().info.clear()


def _close_transaction(response: Response) -> Response:
    if request.method not in SAFE_METHODS and response.status_code < 400:
        try:
            _commit()
        except SQLAlchemyError as fault:
            return _not_done(fault)
    elif db.session.registry.has():
        db.session.remove()  # cheaper than a rollback, which would mark all that was read as stale
    return response


def _not_done(fault: SQLAlchemyError) -> Response:
    """The answer to a commit that was refused, in place of the one that said it was done."""
    _roll_back()
    cookie.pop("_flashes", None)  # they say so too
    answer = current_app.make_response(current_app.handle_user_exception(fault))
    answer = current_app.process_response(answer)
    answer.headers.remove("Set-Cookie")  # Flask sets it behind us
    return answer


def _behind(thing: Any) -> Any:
    return thing._get_current_object() if type(thing) is LocalProxy else thing
