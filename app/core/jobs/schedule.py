"""Periodic work: entries of the one list in wiring."""

from dataclasses import dataclass

from app.core.jobs.declare import Declared


@dataclass(frozen=True)
class Entry:
    """A job and the minutes at which it is due, as in a crontab (UTC)."""

    job: Declared
    minute: str
    hour: str = "*"


def every(job: Declared, *, minutes: int) -> Entry:
    """Due at every full `minutes` of an hour, 1 to 60."""
    return Entry(job, "0" if minutes == 60 else f"*/{minutes}")


def daily(job: Declared, *, at: str) -> Entry:
    """Due once a day at `HH:MM`, UTC."""
    hour, minute = at.split(":")
    return Entry(job, str(int(minute)), str(int(hour)))
