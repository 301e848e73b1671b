"""Metrics: the tables of figures of then: what is kept, as it stood at the end of a day that is over."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String

from app.core.db import Id, Mapped, Model, mapped_column


class MetricThen(Model):
    """The end of a day of the reporting zone, as of which figures were asked for.

    `form` says how its pages were made, as that of `MetricForm` does.  `tickets` is how many have to be
    replayed, None until they were counted, and `done` how many were.  `ready_at` is None until all were.
    No id is given twice: who makes or remembers figures names them by it.
    """

    __tablename__ = "metric_thens"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[Id]
    day_on: Mapped[date] = mapped_column(unique=True)
    as_of: Mapped[datetime]
    form: Mapped[str] = mapped_column(String(120))
    tickets: Mapped[int | None]
    done: Mapped[int]
    asked_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]


class MetricThenPage(Model):
    """A page as `MetricPage` would have held it then."""

    __tablename__ = "metric_then_pages"
    __table_args__ = (Index(None, "then_id", "series", "day_on", "n"),)

    then_id: Mapped[int] = mapped_column(ForeignKey("metric_thens.id"), primary_key=True)
    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    day_on: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    total: Mapped[int] = mapped_column(BigInteger)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)
    by_team: Mapped[bytes] = mapped_column(LargeBinary)
    rest: Mapped[bytes] = mapped_column(LargeBinary)
