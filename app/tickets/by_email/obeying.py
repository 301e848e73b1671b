"""Doing what a colleague's mail says: its text and its commands together, or nothing at all."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from app.accounts import people, teams
from app.accounts.permissions import Permission
from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidInput, NotAllowed
from app.core.uow import piece_of_work, verb
from app.tickets import assigning, replying, snoozing, statusing, triaging
from app.tickets.access import RULES, Act
from app.tickets.by_email.commands import Command, Word, read_commands
from app.tickets.by_email.words import NO_TEXT, Words
from app.tickets.fact import Match
from app.tickets.history import one_act
from app.tickets.message import Message
from app.tickets.ticket import Channel, Priority, Status, Ticket

MOVES = {
    Word.RESOLVE: Status.RESOLVED,
    Word.CLOSE: Status.CLOSED,
    Word.REOPEN: Status.OPEN,
    Word.WAIT: Status.WAITING_CUSTOMER,
    Word.HOLD: Status.WAITING_THIRD,
}
NOBODY = ("nobody", "none", "no one", "")
_SPAN = re.compile(r"(\d{1,3})\s*([hdw])[a-z]*", re.IGNORECASE)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@verb
def obey(ticket: Ticket, words: Words, *, by: User, internal: bool) -> Message | None:
    """Put the text on the ticket, as a note where it is `internal`, and do what it commands.

    Gives the message, if there is a text.  Raises a Refusal for the first thing that cannot be done, and
    then nothing is.
    """
    commands, text = read_commands(words.text)
    internal = internal or any(each.word is Word.NOTE for each in commands)
    with piece_of_work(), one_act():
        for each in commands:
            if act := _ACTS.get(each.word):
                _insist(Act.TRIAGE, ticket, by)
                act(ticket, each.value, by)
        return _say_and_move(ticket, words, text, commands, by=by, internal=internal)


def _say_and_move(
    ticket: Ticket,
    words: Words,
    text: str,
    commands: Sequence[Command],
    *,
    by: User,
    internal: bool,
) -> Message | None:
    moves = [MOVES[each.word] for each in commands if each.word in MOVES]
    if moves:
        _insist(Act.RESOLVE, ticket, by)
    text = text or next((each.value for each in commands if each.word is Word.NOTE), "")
    message = None
    if (text and text != NO_TEXT) or words.files or not commands:
        message = _say(ticket, words, text or NO_TEXT, by=by, internal=internal)
    for to in moves:
        if to is Status.CLOSED and not ticket.is_done:
            statusing.change_status(ticket, to=Status.RESOLVED, by=by)
        statusing.change_status(ticket, to=to, by=by)
    return message


def _say(ticket: Ticket, words: Words, text: str, *, by: User, internal: bool) -> Message:
    mail = words.matched(Match.TOKEN)
    if internal:
        _insist(Act.NOTE, ticket, by)
        return replying.add_note(ticket, text=text, by=by, files=words.files, mail=mail)
    _insist(Act.REPLY, ticket, by)
    return replying.reply(
        ticket, text=text, by=by, files=words.files, channel=Channel.MAIL, mail=mail
    )


def _insist(act: Act, ticket: Ticket, by: User) -> None:
    if not RULES[act](by, ticket):
        raise NotAllowed("Your account may read this ticket, but not change it.")


def _assign(ticket: Ticket, value: str, by: User) -> None:
    if value.lower() in NOBODY:
        return assigning.unassign(ticket, by=by)
    return assigning.assign(ticket, to=_colleague(value, by), by=by)


def _unassign(ticket: Ticket, _value: str, by: User) -> None:
    assigning.unassign(ticket, by=by)


def _team(ticket: Ticket, value: str, by: User) -> None:
    if value.lower() in NOBODY:
        return triaging.change_team(ticket, to=None, by=by)
    return triaging.change_team(ticket, to=_one_of(teams.team_names(), value, "team"), by=by)


def _priority(ticket: Ticket, value: str, by: User) -> None:
    priority = next((each for each in Priority if each == value.lower()), None)
    if priority is None:
        words = ", ".join(Priority)
        raise InvalidInput(f"“{value}” is no priority. There are {words}.")
    triaging.change_priority(ticket, to=priority, by=by)


def _tag(ticket: Ticket, value: str, by: User) -> None:
    triaging.set_tags(ticket, names=_tags(ticket) | _names(value), by=by)


def _untag(ticket: Ticket, value: str, by: User) -> None:
    triaging.set_tags(ticket, names=_tags(ticket) - _names(value), by=by)


def _snooze(ticket: Ticket, value: str, by: User) -> None:
    snoozing.snooze(ticket, until=_until(value) if value else None, by=by)


_ACTS: dict[Word, Callable[[Ticket, str, User], None]] = {
    Word.ASSIGN: _assign,
    Word.UNASSIGN: _unassign,
    Word.TEAM: _team,
    Word.PRIORITY: _priority,
    Word.TAG: _tag,
    Word.UNTAG: _untag,
    Word.SNOOZE: _snooze,
}


def _colleague(value: str, by: User) -> User:
    """Me, or whoever has the name, a part of it, or the address."""
    if value.lower() == "me":
        return by
    known = people.with_address(value) if "@" in value[1:] else None
    if known is not None:
        return known
    agents = people.names_with(Permission.TICKETS_REPLY)
    key = _one_of(agents, value.removeprefix("@"), "colleague")
    return people.people_by_id([key])[key]


def _one_of(names: Mapping[int, str], value: str, kind: str) -> int:
    """The key of the one name that is this, or one of whose words begins so."""
    wanted = value.casefold()
    same = [key for key, name in names.items() if name.casefold() == wanted]
    near = same or [key for key, name in names.items() if f" {wanted}" in f" {name.casefold()}"]
    if len(near) == 1:
        return near[0]
    if near:
        raise InvalidInput(f"“{value}” could be {', '.join(names[key] for key in near)}.")
    raise InvalidInput(f"There is no {kind} “{value}” here.")


def _tags(ticket: Ticket) -> set[str]:
    db.session.expire(ticket, ["tag_line"])
    return set(ticket.tag_names)


def _names(value: str) -> set[str]:
    """Tags with commas or blanks between."""
    names = triaging.tags_in(value.replace(" ", ",").replace("#", ""))
    if not names:
        raise InvalidInput("Say which tag.")
    return names


def _until(value: str) -> datetime:
    span = _SPAN.fullmatch(value)
    if span is None:
        raise InvalidInput(f"“{value}” is no time: say 4h, 2d or 1w, or nothing.")
    return clock.now() + int(span[1]) * _UNITS[span[2].lower()]
