"""The canned replies and macros of the demo, kept through the verbs of the room."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from app.accounts.user import User
from app.tickets.canned import keeping as keeping_canned
from app.tickets.macros import keeping as keeping_macros
from app.tickets.macros.macro import Changes, Says, Who
from app.tickets.shelf import Shelf
from app.tickets.ticket import Priority, Status


def keep_those_of(key: str, by: User) -> None:
    """Keep what this person of the stories keeps."""
    for said in _texts()["canned"]:
        if said["by"] == key:
            keeping_canned.keep(**_common(said), by=by)
    for said in _texts()["macro"]:
        if said["by"] == key:
            keeping_macros.keep(
                **_common(said), changes=_changes(said), says=Says(said["says"]), by=by
            )


def _common(said: dict[str, Any]) -> dict[str, Any]:
    shelf = Shelf(said["shelf"])
    return {"title": said["title"], "text": said["text"], "shelf": shelf, "team_id": None}


def _changes(said: dict[str, Any]) -> Changes:
    return Changes(
        status=Status(said["status"]) if "status" in said else None,
        priority=Priority(said["priority"]) if "priority" in said else None,
        assignee=Who(said["assignee"]) if "assignee" in said else None,
        add_tags=tuple(said.get("add_tags", ())),
    )


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
