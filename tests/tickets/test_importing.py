"""Importing histories from other systems."""

import gzip
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select

from app.core.db import db
from app.core.uow import unit_of_work
from app.tickets.history import TicketEvent, timeline
from app.tickets.importing import FaultyHistory, Imported, import_history
from app.tickets.ticket import Channel, Status, Ticket
from tests.support.queries import counted

DATA = os.environ.get("HEARTH_TEST_DATA")
HEADER = "ticket_id,timestamp,seq,event,value,actor\n"
STORY = HEADER + (
    "C1,2026-03-02T09:00:00+01:00,1,created,new,Zoe\n"
    "C1,2026-03-02T10:00:00Z,2,assigned,agent:Yan,Zoe\n"
    "C1,2026-03-02T10:00:00Z,3,status_changed,open,Yan\n"
    "C1,2026-03-02T10:30:00Z,4,status_changed,open,Yan\n"
    "C1,2026-03-02T10:40:00Z,5,note,whatever,Yan\n"
    "C1,2026-03-02T11:00:00Z,6,assigned,group:Second line,Yan\n"
    "C1,2026-03-03T08:00:00Z,7,status_changed,resolved,Yan\n"
    "C2,2026-03-02T10:00:00Z,1,created,open,\n"
)


def load(folder: Path, text: str) -> Imported:
    file = folder / "history.csv"
    file.write_text(text, encoding="utf-8")
    with unit_of_work():
        return import_history(file)


def refusals(folder: Path, text: str) -> list[str]:
    with pytest.raises(FaultyHistory) as refused:
        load(folder, text)
    assert not db.session.scalar(select(func.count()).select_from(Ticket))
    return [str(fault).split(":", 1)[1] for fault in refused.value.faults]


def test_history_becomes_facts_with_their_own_times(app: Flask, tmp_path: Path) -> None:
    assert load(tmp_path, STORY) == Imported(tickets=2, facts=8, unchanged=0)
    ticket = db.session.scalars(select(Ticket).where(Ticket.external_ref == "C1")).one()
    assert (ticket.status, ticket.channel) == (Status.RESOLVED, Channel.IMPORT)
    told = [(row.kind, row.occurred_at.isoformat()[:16]) for row in timeline(ticket.id)]
    assert told == [
        ("ticket.created", "2026-03-02T08:00"),
        ("ticket.imported", "2026-03-02T08:00"),
        ("assigned", "2026-03-02T10:00"),
        ("status.changed", "2026-03-02T10:00"),
        ("team.changed", "2026-03-02T11:00"),
        ("status.changed", "2026-03-03T08:00"),
    ]
    assert [row.seq for row in timeline(ticket.id)] == [1, 2, 3, 4, 5, 6]


def test_importing_again_changes_nothing(app: Flask, tmp_path: Path) -> None:
    load(tmp_path, STORY)
    with counted() as statements:
        assert load(tmp_path, STORY) == Imported(tickets=0, facts=0, unchanged=2)
    assert not [each for each in statements if each.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_same_ticket_with_another_history_is_refused(app: Flask, tmp_path: Path) -> None:
    load(tmp_path, STORY)
    with pytest.raises(FaultyHistory, match="C1 was imported before with another history"):
        load(tmp_path, STORY.replace("resolved,Yan", "closed,Yan"))


def test_gzip_and_byte_order_mark_are_read(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "history.csv.gz").write_bytes(gzip.compress(("\ufeff" + STORY).encode()))
    with unit_of_work():
        assert import_history(tmp_path / "history.csv.gz").tickets == 2


@pytest.mark.parametrize(
    ("row", "where", "why"),
    [
        ("C3,yesterday,1,created,new,Z", "2:2", "'yesterday' is no time with a zone"),
        ("C3,2026-03-02T10:00:00,1,created,new,Z", "2:2", "no time with a zone"),
        ("C3,0001-01-01T00:00:00+14:00,1,created,new,Z", "2:2", "no time with a zone"),
        ("C3,2026-03-02T10:00:00Z,one,created,new,Z", "2:3", "'one' is no whole number"),
        ("C3,2026-03-02T10:00:00Z,1,exploded,new,Z", "2:4", "no event 'exploded'"),
        ("C3,2026-03-02T10:00:00Z,1,created,nice,Z", "2:5", "no status 'nice'"),
        ("C3,2026-03-02T10:00:00Z,1,created,new", "2:1", "6 columns are needed, here are 5"),
        (",2026-03-02T10:00:00Z,1,created,new,Z", "2:1", "1 to 200 characters"),
        ("C3,2026-03-02T10:00:00Z,1,status_changed,open,Z", "2:4", "must be created"),
        ("C3,2996-03-02T10:00:00Z,1,created,new,Z", "2:2", "in the future"),
        (f"C3,2026-03-02T10:00:00Z,{'9' * 5000},created,new,Z", "2:3", "no whole number"),
        ("C3,2026-03-02T10:00:00Z,1,created,new,Z\0oe", "2:6", "not UTF-8 text"),
    ],
)
def test_bad_row_is_named_with_line_and_column(
    app: Flask, tmp_path: Path, row: str, where: str, why: str
) -> None:
    (fault,) = refusals(tmp_path, HEADER + row + "\n")
    assert fault.startswith(where)
    assert why in fault


@pytest.mark.parametrize("value", ["", " ", "agent:", "group:"])
def test_an_assignment_to_nobody_is_a_fault(app: Flask, tmp_path: Path, value: str) -> None:
    rows = STORY + f"C1,2026-03-03T09:00:00Z,8,assigned,{value},Yan\n"
    assert refusals(tmp_path, rows) == ["10:5: an assignment must say to whom"]


def test_a_row_of_several_lines_is_named_by_its_first(app: Flask, tmp_path: Path) -> None:
    note = 'C1,2026-03-03T09:00:00Z,8,note,"one\ntwo",Yan\n'
    zaps = 'C1,2026-03-03T09:00:00Z,9,zap,"one\ntwo",Yan\n\nC1,now,10,note,,Yan\n'
    faults = refusals(tmp_path, STORY + note + zaps)
    assert [fault.split(": ")[0] for fault in faults] == ["12:4", "15:2"]


def test_a_damaged_gzip_file_is_a_fault(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "damaged.csv.gz"
    file.write_bytes(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\xff" * 40)
    with pytest.raises(FaultyHistory, match="the file cannot be read"):
        import_history(file)


def test_one_bad_row_among_good_ones_imports_nothing(app: Flask, tmp_path: Path) -> None:
    faults = refusals(tmp_path, STORY + "C9,x,1,created,new,Z\nC8,2026-01-01T00:00:00Z,1,zap,,Z\n")
    assert [fault.split(": ")[0] for fault in faults] == ["10:2", "11:4"]


def test_seq_that_stands_twice_at_one_time_is_a_fault(app: Flask, tmp_path: Path) -> None:
    row = "C3,2026-03-02T10:00:00Z,1,created,new,Z\n"
    assert len(refusals(tmp_path, HEADER + row + row)) == 2


def test_seq_may_count_anew_at_every_time(app: Flask, tmp_path: Path) -> None:
    created = "C3,2026-03-02T10:00:00Z,1,created,new,Z\n"
    solved = "C3,2026-03-02T11:00:00Z,1,status_changed,resolved,Z\n"
    assert load(tmp_path, HEADER + solved + created).facts == 3


def test_wrong_header_is_told(app: Flask, tmp_path: Path) -> None:
    assert "the first line must be" in refusals(tmp_path, "a,b\n")[0]


@pytest.mark.parametrize(
    ("written", "where"),
    [
        (STORY.encode() + "C3,2026-03-02T10:00:00Z,1,created,new,Jürg\n".encode("latin-1"), "10:6"),
        (STORY.encode("utf-16"), "1:1"),
    ],
)
def test_bytes_that_are_no_text_are_told_with_their_place(
    app: Flask, tmp_path: Path, written: bytes, where: str
) -> None:
    (tmp_path / "bad.csv").write_bytes(written)
    with pytest.raises(FaultyHistory, match=f"bad.csv:{where}: this is not UTF-8 text"):
        import_history(tmp_path / "bad.csv")


def test_of_two_imports_at_once_one_is_told_that_the_other_was_faster(
    app: Flask, tmp_path: Path
) -> None:
    file = tmp_path / "history.csv"
    file.write_text(STORY)

    def second() -> str:
        with app.app_context():
            done = app.test_cli_runner().invoke(args=["tickets", "import", str(file)])
            return f"{done.exit_code} {done.stderr}"

    with ThreadPoolExecutor(1) as pool:
        with unit_of_work():
            import_history(file)
            running = pool.submit(second)
            wait([running], timeout=1)  # it has read the file, and waits for us
            assert not running.done()
        said = running.result()
    assert said.startswith("1 ")
    assert "Another import wrote some of these tickets at the same moment" in said
    assert db.session.scalar(select(func.count()).select_from(Ticket)) == 2
    assert load(tmp_path, STORY) == Imported(tickets=0, facts=0, unchanged=2)


def test_who_is_known_is_looked_up_before_anybody_has_to_wait(app: Flask, tmp_path: Path) -> None:
    load(tmp_path, STORY)
    db.session.remove()
    with written_by(db.engines[None]) as statements:
        assert load(tmp_path, STORY.replace("C1,", "C3,").replace("C2,", "C4,")).tickets == 2
    assert [each for each in statements if each.startswith("INSERT INTO tickets")]
    assert not [each for each in statements if "FROM users" in each or "INTO users" in each]


@contextmanager
def written_by(engine: Engine) -> Iterator[list[str]]:
    """The statements of the write transaction, which others have to wait for."""
    statements: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.data
@pytest.mark.parametrize("name", ["helpdesk_siav", "bpi2013_problems"])
def test_real_histories_are_imported_whole(app: Flask, name: str) -> None:
    if not DATA:
        pytest.skip("HEARTH_TEST_DATA is not set")
    folder = Path(DATA) / "history"
    expected = json.loads((folder / "expected.json").read_text())["data"][name]
    rows = 0

    def count() -> None:
        nonlocal rows
        rows += 1

    with unit_of_work():
        done = import_history(folder / f"{name}.events.csv.gz", on_row=count)
    assert done.tickets == expected["tickets"]
    assert rows == expected["events_in_file"]
    final = dict(
        db.session.execute(select(Ticket.status, func.count()).group_by(Ticket.status)).all()
    )
    words = {Status.WAITING_CUSTOMER: "pending"}
    assert {words.get(key, key.value): n for key, n in final.items()} == expected["final_status"]
    facts = db.session.scalar(select(func.count()).select_from(TicketEvent))
    assert facts == done.facts
