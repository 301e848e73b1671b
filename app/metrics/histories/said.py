"""Metrics: what is said about a ticket as time goes on: what figures can be filtered by."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.metrics.histories.ledger_event import LedgerEvent
from app.metrics.histories.summary import Fields


class Said:
    """The fields of a ticket from its creation on, change by change, and when it was handed on."""

    def __init__(self, created: LedgerEvent) -> None:
        first = created.payload
        now = Fields(
            team=first.get("team_id"),
            assignee=first.get("assignee_id"),
            priority=first.get("priority"),
            channel=first.get("channel"),
            queue=first.get("queue"),
            type=first.get("type"),
            organisation=first.get("organisation_id"),
            tags=tuple(sorted(first.get("tags") or ())),
        )
        self.fields = [(created.occurred_at, now)]
        self.reassigned: list[datetime] = []

    def hear(self, event: LedgerEvent) -> None:
        """Take in a change.  The kind is one of SAID."""
        before = self.fields[-1][1]
        after = before._replace(**SAID[event.kind](before, event.payload))
        if event.kind == "assigned":
            self._hand_on(event)
        if after != before:
            self.fields.append((event.occurred_at, after))

    def _hand_on(self, event: LedgerEvent) -> None:
        before, to = event.payload["from_id"], event.payload["to_id"]
        if before is not None and before != to:
            self.reassigned.append(event.occurred_at)


Changes = dict[str, Any]


def _team(_: Fields, payload: Mapping[str, Any]) -> Changes:
    return {"team": payload.get("to_team_id") or payload.get("to_team") or None}


def _organisation(_: Fields, payload: Mapping[str, Any]) -> Changes:
    return {"organisation": payload["to"]} if payload["field"] == "organisation" else {}


def _with_tag(before: Fields, payload: Mapping[str, Any]) -> Changes:
    return {"tags": tuple(sorted({*before.tags, payload["tag"]}))}


def _without_tag(before: Fields, payload: Mapping[str, Any]) -> Changes:
    return {"tags": tuple(tag for tag in before.tags if tag != payload["tag"])}


SAID: dict[str, Callable[[Fields, Mapping[str, Any]], Changes]] = {
    "assigned": lambda _, payload: {"assignee": payload["to_id"]},
    "unassigned": lambda _, payload: {"assignee": None},
    "team.changed": _team,
    "priority.changed": lambda _, payload: {"priority": payload["to_priority"]},
    "queue.changed": lambda _, payload: {"queue": payload["to"]},
    "type.changed": lambda _, payload: {"type": payload["to"]},
    "field.changed": _organisation,
    "tag.added": _with_tag,
    "tag.removed": _without_tag,
}
