"""Which condition of a search leads to its rows.

Rows come in the order of an index and are never sorted, but for few.  So a condition may be answered
by an index only if that has the order of the sort, or finds few tickets; the others are put aside
and looked at for each row that is led to.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Integer, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.tickets.inbox.conditions import Shape, clause, tag_named
from app.tickets.inbox.language import Operator, Sort
from app.tickets.tag import ticket_tags
from app.tickets.ticket import Ticket

BY_CHANGE = (Sort.UPDATED, Sort.OLDEST)


class Aside(FunctionElement[bool]):
    """A condition that no index is to answer.

    SQLite would take the index of any equality and sort what it finds; a plus keeps it from that
    (sqlite.org/optoverview.html).  PostgreSQL knows how much there is of what, and decides by itself.
    """

    inherit_cache = True
    type = Boolean()


@compiles(Aside)
def _anywhere(element: Aside, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)})"


@compiles(Aside, "sqlite")
def _on_sqlite(element: Aside, compiler: Any, **options: Any) -> str:
    return f"+({compiler.process(element.clauses, **options)})"


def sort_of(shapes: Sequence[Shape], said: Sort | None) -> Sort:
    """The sort that was said, or the one that suits: when nothing but a time of creation leads, that."""
    if said:
        return said
    created = any(shape.operator is Operator.CREATED for shape in shapes)
    return Sort.CREATED if created and not any(map(_finds_few, shapes)) else Sort.UPDATED


def leading_tag(shapes: Sequence[Shape], sort: Sort, *, words: bool) -> int | None:
    """The place of the tag whose tickets are walked through, in the order of their last change."""
    if sort not in BY_CHANGE or words or _place(shapes, Operator.FROM) is not None:
        return None
    return _place(shapes, Operator.TAG)


def where(
    shapes: Sequence[Shape], sort: Sort, *, words: bool, first: int = 0
) -> list[ColumnElement[bool]]:
    """The clauses of a search, whose parameters are numbered from `first` on."""
    tag = leading_tag(shapes, sort, words=words)
    lead = None if words else _place(shapes, Operator.FROM) if tag is None else tag
    alone = words or lead is not None
    clauses: list[ColumnElement[bool]] = []
    if not alone and (sort is Sort.PRIORITY or _is_somebodys(shapes)):
        clauses += [Ticket.active == int(active) for active in sorted(_activities(shapes))]
    for place, shape in enumerate(shapes):
        found = clause(shape, first + place)
        if place == tag:
            found = ticket_tags.c.tag_id == tag_named(first + place)
        elif place != lead and (alone or not _has_order(shape, sort)):
            found = Aside(found)
        clauses.append(found)
    if words:
        listed = bindparam(f"found{first}", expanding=True, type_=Integer)
        clauses.append(Ticket.id.in_(listed))
    return clauses


def _place(shapes: Sequence[Shape], operator: Operator) -> int | None:
    """Where the first condition of this kind stands that is no "not"."""
    for place, shape in enumerate(shapes):
        if shape.operator is operator and not shape.negated:
            return place
    return None


def _is_somebodys(shapes: Sequence[Shape]) -> bool:
    return any(_place(shapes, each) is not None for each in (Operator.ASSIGNEE, Operator.TEAM))


def _activities(shapes: Sequence[Shape]) -> set[bool]:
    """Whether only active tickets can be found, or only done ones, as a status or a pile implies.

    Indexes on the urgency, the assignee and the team begin with that.
    """
    return {
        shape.variant not in ("solved", "done")
        for shape in shapes
        if not shape.negated
        and (
            shape.operator is Operator.STATUS
            or (shape.operator is Operator.IS and shape.variant not in ("active", "snoozed"))
        )
    }


def _finds_few(shape: Shape) -> bool:
    """Whether the condition leads to a small part of all tickets, however many there are."""
    if shape.negated:
        return False
    if shape.operator in (Operator.IS, Operator.STATUS):
        return shape.variant not in ("solved", "done")
    return shape.operator in (Operator.FROM, Operator.TAG)


def _has_order(shape: Shape, sort: Sort) -> bool:
    """Whether there is an index for the condition that has the order of the sort, or is short."""
    match shape.operator, shape.variant:
        case Operator.IS, "snoozed":
            return True
        case Operator.CREATED, _:
            return sort is Sort.CREATED
        case Operator.IS, "active":
            return sort is not Sort.CREATED
        case Operator.PRIORITY, _:
            return sort is not Sort.CREATED
    return sort in BY_CHANGE
