"""Fill a database with N tickets for benchmarks, in bulk: `python -m bench.seed 100000`.

Shapes are those of a busy desk: 3 messages and 7 facts a ticket, nine of ten tickets done; tags, teams
and channels of which some are on every other ticket and some on one of thousands.
"""

import random
import sys
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, text

from app import create_app
from app.accounts import passwords
from app.accounts.permissions import Role
from app.accounts.team import Team, TeamMember
from app.accounts.user import HeldRole, User
from app.attachments.attachment import Attachment
from app.community.answering import answer
from app.community.asking import ask
from app.core import clock
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.tickets.events import AuthorKind
from app.tickets.history import TicketEvent
from app.tickets.message import Direction, Message, MessageFile, Visibility
from app.tickets.tag import Tag, ticket_tags
from app.tickets.ticket import DONE, Channel, Priority, Status, Ticket

CUSTOMERS = 2000
AGENTS = 20
LONG = {1: 10, 2: 200, 3: 10}
AT_ONCE = 5000
TAGS = {"printer": 2, "billing": 7, "spam": 50, "refund": 1000, "recall": 20_000}
"""Each tag is on one of so many tickets."""
TEAMS = ("Billing", "Hardware", "Legal")
CHANNELS = (Channel.WEB, Channel.MAIL, Channel.MAIL, Channel.PHONE)
IN_WORK = (Status.NEW, Status.OPEN, Status.WAITING_CUSTOMER, Status.WAITING_THIRD)
WITH_FILE, SNOOZED, JUST_SOLVED = 30, 70, 91
"""One of so many tickets."""


def main() -> None:
    """Seed the database of the environment."""
    tickets = int(sys.argv[1])
    with create_app().app_context():
        with unit_of_work():
            begin_writing()
            _insert(User, [_person(n) for n in range(1, CUSTOMERS + AGENTS + 1)])
            _insert(HeldRole, [{"user_id": n, "role": Role.AGENT} for n in range(1, AGENTS + 1)])
            _insert(Team, [{"id": n, "name": name} for n, name in enumerate(TEAMS, start=1)])
            members = range(1, AGENTS + 1)
            _insert(TeamMember, [{"team_id": 1 + n % len(TEAMS), "user_id": n} for n in members])
            numbers = range(1, tickets + 1)
            _insert(Ticket, (_ticket(n, tickets) for n in numbers))
            _insert(Message, (m for n in numbers for m in _messages(n, tickets)))
            _insert(TicketEvent, (e for n in numbers for e in _facts(n, tickets)))
            _insert(Tag, [{"id": n, "name": name} for n, name in enumerate(TAGS, start=1)])
            _insert(ticket_tags, (row for n in numbers for row in _tags(n)))
            _insert(Attachment, [_file()])
            with_file = numbers[WITH_FILE - 1 :: WITH_FILE]
            _insert(MessageFile, (_with_file(n) for n in with_file))
            _count_on("users", "tickets", "teams", "tags", "attachments", "ticket_messages")
        with unit_of_work():
            asker = db.session.get_one(User, AGENTS + 1)
            question = ask(
                title="Scale: how far does it go?", text="With *many* tickets?", by=asker
            )
            for n in range(1, 6):
                answer(question, text="Far **enough**.", by=db.session.get_one(User, n))


def _person(n: int) -> dict[str, Any]:
    first = n == 1
    return {
        "id": n,
        "email": "agent@bench.example" if first else f"person{n}@bench.example",
        "name": f"Person {n}",
        "password_hash": passwords.hashed("bench password 1") if first else None,
        "confirmed_at": clock.now(),
        "session_key": f"{n:032}",
        "created_at": clock.now() - timedelta(days=800),
    }


def _opened(n: int, tickets: int) -> Any:
    return clock.now() - timedelta(days=730) * (1 - n / tickets) - timedelta(hours=30)


def _ticket(n: int, tickets: int) -> dict[str, Any]:
    status, opened = _status(n), _opened(n, tickets)
    done_at = opened + timedelta(hours=n % 29) if n % 10 and n not in LONG else None
    return {
        "id": n,
        "subject": f"Ticket {n}: the printer on floor {n % 13} prints blank pages since Monday",
        "status": status,
        "priority": list(Priority)[n % 4],
        "channel": CHANNELS[n % 4],
        "requester_id": AGENTS + 1 + n % CUSTOMERS,
        "assignee_id": None if n % 20 == 0 else _agent(n),
        "team_id": n % 31 % 4 or None,
        "version": 1,
        "last_seq": 100 + LONG.get(n, 0) * 3,
        "created_at": opened,
        "updated_at": done_at or opened,
        "resolved_at": done_at,
        "snoozed_at": None if n % SNOOZED or done_at else opened,
    }


def _status(n: int) -> Status:
    if n in LONG:
        return Status.OPEN
    if n % 10 == 0:
        return random.Random(n).choice(IN_WORK)
    return Status.CLOSED if n % JUST_SOLVED else Status.RESOLVED


def _agent(n: int) -> int:
    return 1 + n % 19  # no divisor of 20: everybody has open and closed ones


def _tags(n: int) -> list[dict[str, int]]:
    marks = enumerate(TAGS.values(), start=1)
    return [{"ticket_id": n, "tag_id": tag} for tag, every in marks if n % every == every // 2]


def _file() -> dict[str, Any]:
    return {"id": 1, "name": "log.txt", "type": "text/plain", "bytes": 5, "sha256": "0" * 64}


def _with_file(n: int) -> dict[str, int]:
    """The first message of a ticket, as `_messages` numbers them, with the file."""
    before = sum(LONG.get(each, 3) - 3 for each in LONG if each < n)
    return {"message_id": 3 * (n - 1) + before + 1, "attachment_id": 1}


def _messages(n: int, tickets: int) -> list[dict[str, Any]]:
    text = "Since this **morning** it prints blank pages. " * 4
    return [
        {
            "ticket_id": n,
            "author_id": _agent(n) if place % 2 else AGENTS + 1 + n % CUSTOMERS,
            "visibility": Visibility.PUBLIC,
            "direction": Direction.OUT if place % 2 else Direction.IN,
            "channel": Channel.WEB,
            "text": text,
            "html": f"<p>{text}</p>",
            "renderer_version": 1,
            "undelivered": "",
            "created_at": _opened(n, tickets) + timedelta(minutes=place * 20),
        }
        for place in range(LONG.get(n, 3))
    ]


def _facts(n: int, tickets: int) -> list[dict[str, Any]]:
    opened, agent = _opened(n, tickets), _agent(n)
    customer = AGENTS + 1 + n % CUSTOMERS
    created = {
        "channel": "web", "status": "new", "priority": "normal", "requester_id": customer,
        "assignee_id": None, "tags": [], "agent_initiated": False, "requester_is_agent": False,
        "follow_up_of": None, "times_trusted": True,
    }  # fmt: skip
    received = {
        "public": True,
        "author_kind": "requester",
        "channel": "web",
        "is_auto_reply": False,
    }
    released = {"author_kind": "human", "channel": "web"}
    story: list[tuple[str, int, AuthorKind, dict[str, Any]]] = [
        ("ticket.created", 0, AuthorKind.REQUESTER, created),
        ("message.received", 0, AuthorKind.REQUESTER, received | {"message_id": 3 * n}),
        ("assigned", 5, AuthorKind.AGENT, {"from_id": None, "to_id": agent, "method": "manual"}),
        ("message.queued", 20, AuthorKind.AGENT, released | {"message_id": 3 * n + 1}),
        ("message.released", 20, AuthorKind.AGENT, released | {"message_id": 3 * n + 1}),
    ]
    status = _status(n)
    done = status in DONE
    if status is not Status.NEW:
        moved = {
            "from_category": "new", "to_category": "resolved" if done else status, "cause": "agent",
        }  # fmt: skip
        story.append(("status.changed", 60 * (n % 29) + 21, AuthorKind.AGENT, moved))
    if status is Status.CLOSED:
        closed = {"from_category": "resolved", "to_category": "closed", "cause": "timer"}
        story.append(("status.changed", 60 * (n % 29) + 22, AuthorKind.SYSTEM, closed))
    return [
        {
            "ticket_id": n,
            "seq": seq,
            "kind": kind,
            "schema_version": 1,
            "occurred_at": opened + timedelta(minutes=minutes),
            "recorded_at": opened + timedelta(minutes=minutes),
            "actor_kind": actor,
            "actor_id": customer if actor is AuthorKind.REQUESTER else agent,
            "source": "web",
            "correlation_id": f"{n:032}",
            "payload": payload,
        }
        for seq, (kind, minutes, actor, payload) in enumerate(story, start=1)
    ]


def _count_on(*tables: str) -> None:
    """PostgreSQL has seen neither the ids that we chose nor, for its plans, how many rows there are."""
    if db.engines[None].dialect.name != "postgresql":
        return
    for table in tables:
        counter, highest = (
            f"pg_get_serial_sequence('{table}', 'id')",
            f"(SELECT max(id) FROM {table})",
        )
        db.session.execute(text(f"SELECT setval({counter}, {highest})"))
    db.session.execute(text("ANALYZE"))


def _insert(model: Any, rows: Any) -> None:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == AT_ONCE:
            db.session.execute(insert(model), part)
            part = []
    if part:
        db.session.execute(insert(model), part)


if __name__ == "__main__":
    main()
