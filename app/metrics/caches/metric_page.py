"""Metrics: the tables of what is kept day by day; all of it can be made anew from the ledger."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, String, Text, UniqueConstraint

from app.core.db import Id, Mapped, Model, mapped_column

STAMP = "metrics"
"""Counts the writes to what is kept; whoever remembers figures compares it."""


class MetricPage(Model):
    """The cases of one series on a day of the reporting zone, or in a week (`page.py` says how they lie)."""

    __tablename__ = "metric_pages"
    # What is asked of many days at once is found in the index alone, past the columns of the cases.
    __table_args__ = (Index(None, "series", "day_on", "n"),)

    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    day_on: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    total: Mapped[int] = mapped_column(BigInteger)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)
    by_team: Mapped[bytes] = mapped_column(LargeBinary)
    rest: Mapped[bytes] = mapped_column(LargeBinary)


class MetricTerm(Model):
    """A word of a field of tickets that pages name by its number; `text` is JSON."""

    __tablename__ = "metric_terms"
    __table_args__ = (UniqueConstraint("text", "field"),)

    id: Mapped[Id]
    field: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)


class MetricForm(Model):
    """How what is kept was made: where it differs from how it would be made now, all is made anew.

    `reached` is the ticket up to which that was done, None when it was for all.
    """

    __tablename__ = "metric_forms"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    form: Mapped[str] = mapped_column(String(120))
    reached: Mapped[int | None]


class MetricProof(Model):
    """A comparison of what is kept with the ledger: how many tickets, what was found, and what it took."""

    __tablename__ = "metric_proofs"

    id: Mapped[Id]
    at: Mapped[datetime]
    tickets: Mapped[int]
    findings: Mapped[list[Any]] = mapped_column(JSON)
