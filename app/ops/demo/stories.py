"""The stories of the demo company, read from the TOML files beside this module."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Someone:
    """A person of the demo.  Guests have no account; `printed` accounts are shown at the start."""

    key: str
    name: str
    address: str
    roles: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    organisation: str = ""
    printed: str = ""


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """A file of the folder `files`, under the name that people gave it."""

    file: str
    name: str

    @property
    def content(self) -> bytes:
        """What is in it."""
        return (FOLDER / "files" / self.file).read_bytes()


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one person did to a ticket in one go.  Without `by` it was the requester.

    A `sender` (`Name <address>`) is somebody else who answered the requester's mail; `away` is what the
    requester's program answered for them.  `after` counts desk hours from the step before, `later`
    counts hours by the clock.
    """

    after: str = ""
    later: str = ""
    by: str = ""
    assign: str = ""
    priority: str = ""
    tags: tuple[str, ...] = ()
    reply: str = ""
    sender: str = ""
    away: str = ""
    note: str = ""
    files: tuple[Enclosure, ...] = ()
    status: str = ""
    bounces: str = ""
    rate: int = 0
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketStory:
    """A ticket from the first message on; the desk puts the `tags` on when it first touches it."""

    requester: str
    at: str
    subject: str
    text: str
    channel: str = "web"
    tags: tuple[str, ...] = ()
    files: tuple[Enclosure, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AnswerStory:
    """An answer, so many desk hours after the question, and what others thought of it."""

    after: str
    by: str
    text: str
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    accepted: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionStory:
    """A question of the community with its answers and votes."""

    asker: str
    at: str
    title: str
    text: str
    up: tuple[str, ...] = ()
    answers: tuple[AnswerStory, ...] = field(default=())


def teams() -> dict[str, frozenset[str]]:
    """The teams, each with the tags of what it looks after."""
    return {each["name"]: frozenset(each["tags"]) for each in _read("people.toml")["team"]}


def organisations() -> dict[str, bool]:
    """The organisations, each with whether it is open."""
    tables = _read("people.toml")["organisation"]
    return {each["name"]: each.get("open", False) for each in tables}


def people() -> list[Someone]:
    """Everybody with an account."""
    return [Someone(**_plain(table)) for table in _read("people.toml")["person"]]


def guests() -> list[Someone]:
    """Those who write without an account."""
    return [Someone(**_plain(table)) for table in _read("people.toml")["guest"]]


def tickets() -> list[TicketStory]:
    """The tickets, in the order in which they came."""
    files = sorted((FOLDER / "tickets").glob("*.toml"))
    tables = [table for file in files for table in _read(f"tickets/{file.name}")["ticket"]]
    return [_ticket(table) for table in tables]


def questions() -> list[QuestionStory]:
    """The questions, in the order in which they were asked."""
    return [_question(table) for table in _read("questions.toml")["question"]]


def _ticket(table: dict[str, Any]) -> TicketStory:
    steps = tuple(Step(**_plain(step)) for step in table.pop("steps", ()))
    return TicketStory(requester=table.pop("from"), steps=steps, **_plain(table))


def _question(table: dict[str, Any]) -> QuestionStory:
    answers = tuple(AnswerStory(**_plain(answer)) for answer in table.pop("answers"))
    return QuestionStory(asker=table.pop("from"), answers=answers, **_plain(table))


def _plain(table: dict[str, Any]) -> dict[str, Any]:
    """Lists as tuples, texts without the line break at their end."""
    return {key: _value(key, value) for key, value in table.items()}


def _value(key: str, value: Any) -> Any:
    if key == "files":
        return tuple(
            Enclosure(file=each, name=each) if isinstance(each, str) else Enclosure(**each)
            for each in value
        )
    if isinstance(value, list):
        return tuple(value)
    return value.strip() if isinstance(value, str) else value


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
