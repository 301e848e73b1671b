"""Completing a word of a search: operators first, then the values that an operator takes."""

from sqlalchemy import String, bindparam, select

from app.accounts import people, teams
from app.accounts.permissions import Permission
from app.core.db import at_most, db, like
from app.tickets.inbox.language import HELP, VALUES, Column, Operator
from app.tickets.tag import Tag

MOST = 8
AGES = ("<1d", "<7d", "<30d", ">7d", ">30d")

_TAGS = (
    select(Tag.name)
    .where(Tag.name.like(bindparam("begun", type_=String), escape="/"))
    .order_by(Tag.name)
    .limit(at_most(MOST))
)


def completions(word: str) -> list[tuple[str, str]]:
    """What the word may become, each with what it means; nothing for what is no operator."""
    minus, rest = ("-", word[1:]) if word.startswith("-") else ("", word)
    begun, colon, value = rest.partition(":")
    if not colon:
        return [
            (f"{minus}{each}:", HELP[each][1])
            for each in Operator
            if each.startswith(begun.lower()) and begun
        ][:MOST]
    try:
        operator = Operator(begun.lower())
    except ValueError:
        return []
    if operator is Operator.COLUMNS:
        *chosen, value = value.split(",")
        said = "".join(f"{each}," for each in chosen)
        return [
            (f"columns:{said}{each}", "")
            for each in Column
            if each.startswith(value.lower()) and each not in chosen
        ]
    typed = value.strip('"').lower()
    if operator is Operator.FROM:
        found = people.beginning_with(typed, most=MOST) if typed else []
        return [(f"{minus}from:{each.email}", each.name) for each in found]
    fitting = [each for each in _values(operator, typed) if typed in each.lower()]
    return [(f"{minus}{operator}:{_quoted(each)}", "") for each in fitting[:MOST]]


def _values(operator: Operator, typed: str) -> list[str]:
    match operator:
        case Operator.ASSIGNEE:
            return ["me", "none", *people.names_with(Permission.TICKETS_REPLY).values()]
        case Operator.TEAM:
            return ["none", *teams.team_names().values()]
        case Operator.TAG:
            return list(db.session.scalars(_TAGS, {"begun": f"{like(typed)}%"}))
        case Operator.CREATED | Operator.UPDATED:
            return list(AGES)
    return list(VALUES.get(operator, ()))


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
