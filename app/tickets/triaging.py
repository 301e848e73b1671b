"""Sorting tickets: priority, team and tags."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from app.accounts.team import Team
from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.uow import verb
from app.tickets.events import AuthorKind, PriorityChanged, TagAdded, TagRemoved, TeamChanged
from app.tickets.history import record
from app.tickets.tag import Tag, normal_name, tag_named, ticket_tags
from app.tickets.ticket import Priority, Ticket


@verb
def change_priority(ticket: Ticket, *, to: Priority, by: User) -> None:
    """Say how much it hurts."""
    if to is ticket.priority:
        return
    before, ticket.priority, ticket.updated_at = ticket.priority, to, clock.now()
    changed = PriorityChanged(
        ticket_id=ticket.id, by_id=by.id, from_priority=before, to_priority=to
    )
    record(changed, actor=AuthorKind.AGENT)


@verb
def change_team(ticket: Ticket, *, to: int | None, by: User | None) -> None:
    """Put another team in charge, by its id, or none; `by` nobody where its mailbox says so.

    Raises InvalidInput (field `team`).
    """
    if to == ticket.team_id:
        return
    team = db.session.get(Team, to) if to is not None else None
    if team is None and to is not None:
        raise InvalidInput("There is no such team any more.", field="team")
    changed = TeamChanged(
        ticket_id=ticket.id,
        by_id=by.id if by else None,
        to_team=team.name if team else "",
        to_team_id=to,
        from_team_id=ticket.team_id,
    )
    ticket.team_id, ticket.updated_at = to, clock.now()
    record(changed, actor=AuthorKind.AGENT if by else AuthorKind.SYSTEM)


def tags_in(text: str) -> set[str]:
    """Tags with commas between, as they are stored.  Raises InvalidInput (field `tags`)."""
    return {normal_name(name) for name in text.split(",") if name.strip()}


@verb
def set_tags(ticket: Ticket, *, names: Iterable[str], by: User) -> None:
    """Leave exactly these tags on the ticket.  Raises InvalidInput (field `tags`)."""
    wanted = {normal_name(name) for name in names}
    held = select(Tag.name).join(ticket_tags).where(ticket_tags.c.ticket_id == ticket.id)
    present = set(db.session.scalars(held))
    for name in sorted(wanted - present):
        _put_on(ticket, name)
        record(TagAdded(ticket_id=ticket.id, by_id=by.id, tag=name), actor=AuthorKind.AGENT)
    for name in sorted(present - wanted):
        _take_off(ticket, name)
        record(TagRemoved(ticket_id=ticket.id, by_id=by.id, tag=name), actor=AuthorKind.AGENT)
    if wanted != present:
        ticket.updated_at = clock.now()


def _put_on(ticket: Ticket, name: str) -> None:
    tag = tag_named(name)
    db.session.execute(ticket_tags.insert().values(ticket_id=ticket.id, tag_id=tag.id))


def _take_off(ticket: Ticket, name: str) -> None:
    named = select(Tag.id).where(Tag.name == name).scalar_subquery()
    db.session.execute(
        delete(ticket_tags).where(
            ticket_tags.c.ticket_id == ticket.id, ticket_tags.c.tag_id == named
        )
    )
