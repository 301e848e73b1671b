"""Metrics: which cases a reader wants to see, by what was said of the ticket at the case's anchor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.metrics.definitions.entry import Entry
from app.metrics.histories.summary import Fields, TicketSummary

Value = int | str | None


class Key(StrEnum):
    """What can be asked for.

    `assignee` is who had the ticket then, `agent` whom the case is credited to (METRICS.md 3,
    Attribution): the author of the first reply, or the last one who replied before it was solved.
    """

    TEAM = "team"
    AGENT = "agent"
    ASSIGNEE = "assignee"
    PRIORITY = "priority"
    CHANNEL = "channel"
    QUEUE = "queue"
    TYPE = "type"
    ORGANISATION = "organisation"
    TAG = "tag"


PERSONAL = frozenset({Key.AGENT, Key.ASSIGNEE})


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions: for each key some values, of which one has to hold; None stands for nothing said."""

    wanted: tuple[tuple[Key, frozenset[Value]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def names_people(self) -> bool:
        """Whether it leaves the cases of certain people only."""
        return any(key in PERSONAL and wanted - {None} for key, wanted in self.wanted)

    def admits(self, ticket: TicketSummary, entry: Entry) -> bool:
        """Whether a case of the ticket is among those asked for."""
        if not self.wanted:
            return True
        fields = ticket.fields_at(entry.at)
        return all(
            not wanted.isdisjoint(values_of(key, fields, entry.agent_id))
            for key, wanted in self.wanted
        )

    def admits_at(self, ticket: TicketSummary, at: datetime) -> bool:
        """Whether the ticket was among those asked for at an instant; nobody has credit for that."""
        return not self.wanted or self.admits_fields(ticket.fields_at(at))

    def admits_fields(self, fields: Fields) -> bool:
        """The same of what was said of it."""
        return all(
            not wanted.isdisjoint(values_of(key, fields, fields.assignee))
            for key, wanted in self.wanted
        )


EVERY = Where()


def where(wanted: Mapping[Key, frozenset[Value]]) -> Where:
    """The conditions, in one order whatever the order of asking."""
    return Where(tuple((key, wanted[key]) for key in Key if key in wanted))


def values_of(key: Key, fields: Fields, agent_id: int | None) -> tuple[Value, ...]:
    """What the fields hold under a key; several only of tags."""
    match key:
        case Key.AGENT:
            return (agent_id,)
        case Key.TAG:
            return fields.tags or (None,)
        case _:
            value: Value = getattr(fields, key.value)
            return (value,)
