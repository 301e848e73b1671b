"""Read the public help desk logs of the data folder into ledger events."""

import csv
import gzip
import json
import os
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from app.metrics.histories.ledger_event import LedgerEvent

CATEGORIES = {"pending": "waiting_customer"}
FIRST = {
    "requester_id": None,
    "follow_up_of": None,
    "agent_initiated": False,
    "requester_is_agent": False,
    "times_trusted": True,
}


def history_folder() -> Path:
    """The folder of the logs, or a skip that says why."""
    folder = os.environ.get("HEARTH_TEST_DATA")
    if not folder or not (Path(folder) / "history").is_dir():
        pytest.skip("HEARTH_TEST_DATA names no folder with history/")
    return Path(folder) / "history"


def expected(log: str) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((history_folder() / "expected.json").read_text())
    published: dict[str, Any] = figures["data"][log]
    return published


def histories(log: str) -> Iterator[list[LedgerEvent]]:
    """The events of one ticket after the other, numbered from 1."""
    with gzip.open(history_folder() / f"{log}.events.csv.gz", "rt", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        for number, (_, group) in enumerate(groupby(rows, key=lambda row: row["ticket_id"]), 1):
            yield list(_events(number, list(group)))


def _events(ticket_id: int, rows: list[dict[str, str]]) -> Iterator[LedgerEvent]:
    status, seq = "", 0
    for row in sorted(rows, key=lambda row: (row["timestamp"], int(row["seq"]))):
        kind, payload = _fact(row, status)
        if kind:
            seq, status = seq + 1, payload.get("to_category", payload.get("status", status))
            when = datetime.fromisoformat(row["timestamp"])
            yield LedgerEvent(ticket_id, seq, kind, when, when, payload)


def _fact(row: dict[str, str], status: str) -> tuple[str | None, dict[str, Any]]:
    value = CATEGORIES.get(row["value"], row["value"])
    match row["event"]:
        case "created":
            return "ticket.created", {**FIRST, "status": value}
        case "status_changed" if value != status:
            return "status.changed", {"from_category": status, "to_category": value}
        case "assigned":
            return "assigned", {"from_id": None, "to_id": None}
        case _:
            return None, {}


def rows_of(log: str) -> Iterator[list[tuple[datetime, str]]]:
    """Of each ticket, in the file's own words, when it came to which status; nothing else is read."""
    with gzip.open(history_folder() / f"{log}.events.csv.gz", "rt", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        for _, group in groupby(rows, key=lambda row: row["ticket_id"]):
            ordered = sorted(group, key=lambda row: (row["timestamp"], int(row["seq"])))
            yield [
                (datetime.fromisoformat(row["timestamp"]), row["value"])
                for row in ordered
                if row["event"] in ("created", "status_changed")
            ]
