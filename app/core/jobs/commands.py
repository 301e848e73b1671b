"""`flask worker`: the process that performs jobs."""

import logging
import threading
from collections.abc import Callable, Sequence

import click
from flask import Flask, current_app
from huey import crontab

from app.core.doorbell import Doorbell
from app.core.jobs import worker as work
from app.core.jobs.heartbeat import beat
from app.core.jobs.schedule import Entry
from app.core.uow import unit_of_work

SWEEP_EVERY_S = 5
HEARD_WITHIN_S = 0.5
"""How soon the bell is heard by a worker that had nothing to do for long."""

Companion = Callable[[Flask, threading.Event], None]
"""Something that goes on beside the jobs until the event is set."""

log = logging.getLogger(__name__)


@click.command("worker")
@click.option("--threads", default=2, show_default=True, help="How many jobs to run side by side.")
def run_worker(threads: int) -> None:
    """Perform jobs until stopped: mail that leaves and that comes, the search index, periodic work.

    Stop it with Ctrl-C or SIGTERM; a job that is cut short is run again.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    bell: Doorbell = app.extensions["doorbell"]
    bell.answer = lambda: _drain(app)
    _ = bell.look
    _install_schedule(app, bell, app.extensions["schedule"])
    stop = threading.Event()
    for act in (_beat, _drain):
        args = (act, app, stop)
        threading.Thread(target=_every_few_seconds, args=args, daemon=True).start()
    for companion in app.extensions["companions"]:
        threading.Thread(target=companion, args=(app, stop), daemon=True).start()
    consumer = bell.huey.create_consumer(
        workers=threads, periodic=True, check_worker_health=True, max_delay=HEARD_WITHIN_S
    )
    consumer.run()
    stop.set()


def _beat(app: Flask) -> None:
    """Say that the worker lives, also while a job takes its time."""
    with app.app_context(), unit_of_work():
        beat()


def _drain(app: Flask) -> None:
    """Look for due and left-behind jobs."""
    work.drain(app)


def _every_few_seconds(act: Callable[[Flask], None], app: Flask, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            act(app)
        except Exception:  # a locked database must not end the round
            log.exception("a round of the worker failed")
        stop.wait(SWEEP_EVERY_S)


def _install_schedule(app: Flask, bell: Doorbell, entries: Sequence[Entry]) -> None:
    for entry in entries:
        bell.huey.periodic_task(
            crontab(minute=entry.minute, hour=entry.hour), name=f"due {entry.job.name}"
        )(_enqueuer(app, entry))


def _enqueuer(app: Flask, entry: Entry):  # type: ignore[no-untyped-def]
    def enqueue() -> None:
        with app.app_context(), unit_of_work():
            entry.job.later(_key=f"schedule {entry.job.name}")

    return enqueue
