"""Metrics: where pages lie: those that are kept now, or those of a day that is over."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, tuple_

from app.metrics.caches.metric_page import MetricPage
from app.metrics.caches.metric_then import MetricThenPage
from app.metrics.caches.series import Key

Pages = type[MetricPage] | type[MetricThenPage]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The pages that are kept now, or those of one `MetricThen`."""

    then_id: int | None = None

    @property
    def model(self) -> Pages:
        """Their table."""
        return MetricPage if self.then_id is None else MetricThenPage

    @property
    def place(self) -> dict[str, int]:
        """The columns that all of them have in common, and the values that `lies_in` is bound with."""
        return {} if self.then_id is None else {"then_id": self.then_id}

    def holds(self, keys: Collection[Key]) -> tuple[ColumnElement[bool], ...]:
        """The conditions that a page lies here under one of these keys."""
        model = self.model
        common = [getattr(model, column) == value for column, value in self.place.items()]
        return (*common, tuple_(model.series, model.day_on).in_(keys))


NOW = Shelf()


def lies_in(model: Pages) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a page lies on the shelf whose place is bound."""
    return () if model is MetricPage else (MetricThenPage.then_id == bindparam("then_id"),)
