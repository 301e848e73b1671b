"""Metrics: what a figure is made of, ticket by ticket: its evidence."""

from array import array
from collections.abc import Iterable, Mapping, Sequence, Sized
from typing import Protocol

from app.metrics.definitions.entry import COUNTED
from app.metrics.definitions.exclusions import Reason


class Cases:
    """Ticket ids, each with a value.  Machine integers, not objects: 16 bytes a case."""

    __slots__ = ("ticket_ids", "values")

    def __init__(self) -> None:
        self.ticket_ids = array("q")
        self.values = array("q")

    def add(self, ticket_id: int, value: int) -> None:
        """One more."""
        self.ticket_ids.append(ticket_id)
        self.values.append(value)


class Evidence(Protocol):
    """What figures are made of: values, and the lists beside them by name, of which only lengths count."""

    @property
    def ordered(self) -> Sequence[int]:
        """The values, ascending."""

    @property
    def total(self) -> int:
        """The sum of the values."""

    def count_from(self, least: int) -> int:
        """How many values are not less."""

    @property
    def also(self) -> Mapping[str, Sized]:
        """The lists beside the figure."""

    @property
    def excluded(self) -> Mapping[Reason, Sized]:
        """Who was left out, by reason."""


class Sample:
    """The cases of one metric in one period, and the lists of tickets that stand beside them.

    A case is a ticket id and a value: seconds of a duration, 1 or 0 of a rate, or a rating.
    `excluded` lists ticket ids by reason (METRICS.md 2.8), `also` lists ticket ids that the
    definition wants named beside the figure, such as those still waiting.
    """

    def __init__(self, *, also: Iterable[str] = ()) -> None:
        self.lists: dict[str, Cases] = {COUNTED: Cases(), **{name: Cases() for name in also}}
        self._beside = tuple(also)

    def add(self, name: str, ticket_id: int, value: int) -> None:
        """Add a ticket to one of the lists."""
        cases = self.lists.get(name)
        if cases is None:
            cases = self.lists[name] = Cases()
        cases.add(ticket_id, value)

    @property
    def ticket_ids(self) -> "array[int]":
        """The tickets that count."""
        return self.lists[COUNTED].ticket_ids

    @property
    def values(self) -> "array[int]":
        """Their values, in the same order."""
        return self.lists[COUNTED].values

    @property
    def ordered(self) -> Sequence[int]:
        """The values, ascending."""
        return sorted(self.values)

    @property
    def total(self) -> int:
        """The sum of the values."""
        return sum(self.values)

    def count_from(self, least: int) -> int:
        """How many values are not less."""
        return sum(value >= least for value in self.values)

    @property
    def also(self) -> Mapping[str, "array[int]"]:
        """The lists beside the figure."""
        return {name: self.lists[name].ticket_ids for name in self._beside}

    @property
    def excluded(self) -> Mapping[Reason, "array[int]"]:
        """Who was left out, by reason."""
        return {Reason(n): c.ticket_ids for n, c in sorted(self.lists.items()) if n in _REASONS}


_REASONS = frozenset(reason.value for reason in Reason)
