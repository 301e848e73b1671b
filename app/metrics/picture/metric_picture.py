"""Metrics: the table of pictures that were made ahead; all of it can be made anew."""

from datetime import datetime

from sqlalchemy import LargeBinary, Text

from app.core.db import Mapped, Model, mapped_column


class MetricPicture(Model):
    """A picture by the wish it was made for, as JSON both.

    `stamp` is the number that the cache had before, `cost_s` the processor time that making it took.
    """

    __tablename__ = "metric_pictures"

    asked: Mapped[str] = mapped_column(Text, primary_key=True)
    stamp: Mapped[int]
    made_at: Mapped[datetime]
    cost_s: Mapped[float]
    body: Mapped[bytes] = mapped_column(LargeBinary)
