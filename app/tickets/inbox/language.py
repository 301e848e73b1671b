"""The language of the inbox's box: `status:open assignee:me -tag:spam created:<7d "exact words"`.

A search is words and conditions.  A condition is an operator, a colon and a value, with a minus in
front for "not".  What cannot be understood is refused with its place, and with what would be right.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONGEST = 300
MOST_CONDITIONS = 12
FIRST_YEAR, LAST_YEAR = 1970, 2999
LONGEST_AGO_H = 50 * 365 * 24

_PART = re.compile(r'(?P<minus>-?)(?:(?P<operator>[A-Za-z]+):)?(?P<value>"[^"]*"?|\S*)')
_AGE = re.compile(r"(?P<number>\d{1,4})(?P<unit>[hdwmy])")
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?")
_HOURS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24, "y": 365 * 24}


class Operator(StrEnum):
    """What a condition can be about."""

    STATUS = "status"
    IS = "is"
    ASSIGNEE = "assignee"
    TEAM = "team"
    PRIORITY = "priority"
    TAG = "tag"
    FROM = "from"
    CHANNEL = "channel"
    CREATED = "created"
    UPDATED = "updated"
    HAS = "has"
    SORT = "sort"
    COLUMNS = "columns"


class Column(StrEnum):
    """What a row shows beside status and subject, from left to right."""

    NUMBER = "number"
    REQUESTER = "requester"
    ASSIGNEE = "assignee"
    TEAM = "team"
    PRIORITY = "priority"
    CREATED = "created"
    UPDATED = "updated"


USUAL_COLUMNS: tuple[Column, ...] = (
    Column.NUMBER,
    Column.REQUESTER,
    Column.ASSIGNEE,
    Column.PRIORITY,
    Column.UPDATED,
)


class Sort(StrEnum):
    """What stands first."""

    UPDATED = "updated"
    OLDEST = "oldest"
    CREATED = "created"
    PRIORITY = "priority"


VALUES: dict[Operator, tuple[str, ...]] = {
    Operator.STATUS: ("new", "open", "waiting", "hold", "solved", "closed"),
    Operator.IS: ("active", "open", "waiting", "solved", "unassigned", "snoozed"),
    Operator.PRIORITY: ("low", "normal", "high", "urgent"),
    Operator.CHANNEL: ("web", "mail", "phone", "import"),
    Operator.HAS: ("attachment",),
    Operator.SORT: tuple(Sort),
}
"""The operators with a closed list of values."""

TIMES = frozenset({Operator.CREATED, Operator.UPDATED})

HELP: dict[Operator, tuple[str, str]] = {
    Operator.STATUS: ("status:open", "exactly this status"),
    Operator.IS: ("is:active", "active, open, waiting, solved, unassigned or snoozed"),
    Operator.ASSIGNEE: ("assignee:me", "me, none, or a colleague’s name"),
    Operator.TEAM: ("team:billing", "a team’s name, or none"),
    Operator.PRIORITY: ("priority:urgent", "low, normal, high or urgent"),
    Operator.TAG: ("-tag:spam", "with a tag; a minus leaves it out"),
    Operator.FROM: ("from:ana@example.org", "the requester’s mail address or name"),
    Operator.CHANNEL: ("channel:mail", "how it came"),
    Operator.CREATED: ("created:<7d", "less than 7 days ago; also >30d, 2026-03, <2026-03-15"),
    Operator.UPDATED: ("updated:>2w", "last changed more than 2 weeks ago"),
    Operator.HAS: ("has:attachment", "with a file"),
    Operator.SORT: ("sort:oldest", "updated, oldest, created or priority"),
    Operator.COLUMNS: ("columns:number,requester,team", "what a row shows; also saved with a view"),
}
"""For each operator an example and what it means."""


class NotUnderstood(ValueError):
    """A part of a search that means nothing: `start` and `end` say where in the text it stands."""

    def __init__(self, message: str, *, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start, self.end = start, end


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time [start, end), either of which may be open."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `span` for times, else `value`.  `start` and `end` say where it stands."""

    operator: Operator
    value: str
    negated: bool
    start: int
    end: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked for: all the conditions, and the words, which the index finds."""

    conditions: tuple[Condition, ...] = ()
    words: str = ""
    sort: Sort | None = None
    """None: the one that suits."""
    columns: tuple[Column, ...] = USUAL_COLUMNS


def with_option(text: str, operator: Operator, value: str) -> str:
    """The same search with another sort or other columns."""
    kept = [
        part[0]
        for part in _PART.finditer(text)
        if part[0] and (part["operator"] or "").lower() != operator
    ]
    return " ".join([*kept, f"{operator}:{value}"])


def parse(text: str, *, now: datetime, zone: ZoneInfo) -> Search:
    """Read a search; `now` is aware, days are those of `zone`.  Raises NotUnderstood."""
    if len(text) > LONGEST:
        raise NotUnderstood(
            f"A search can have {LONGEST} characters.", start=LONGEST, end=len(text)
        )
    conditions: list[Condition] = []
    words: list[str] = []
    sort: Sort | None = None
    columns = USUAL_COLUMNS
    for part in _PART.finditer(text):
        if not part[0]:
            continue
        if not part["operator"]:
            words.append(_word(part))
            continue
        condition = _condition(part, now=now, zone=zone)
        if condition.operator is Operator.SORT:
            sort = Sort(condition.value)
            continue
        if condition.operator is Operator.COLUMNS:
            columns = _columns(part, condition)
            continue
        conditions.append(condition)
    if len(conditions) > MOST_CONDITIONS:
        extra = conditions[MOST_CONDITIONS]
        raise NotUnderstood(
            f"A search can have {MOST_CONDITIONS} conditions.", start=extra.start, end=len(text)
        )
    return Search(tuple(conditions), " ".join(words), sort, columns)


def _columns(part: re.Match[str], condition: Condition) -> tuple[Column, ...]:
    wanted = {name.strip().lower() for name in condition.value.split(",")}
    if condition.negated or not wanted <= set(Column):
        raise _fault(part, f"“columns:” takes {', '.join(Column)}, with commas and no minus.")
    return tuple(column for column in Column if column in wanted)


def _word(part: re.Match[str]) -> str:
    value = part["value"]
    if part["minus"] and value:
        raise _fault(part, "A minus works in front of a condition, such as -tag:spam.")
    if value.startswith('"') and not (len(value) > 1 and value.endswith('"')):
        raise _fault(part, "The quotation mark is not closed.")
    return value


def _condition(part: re.Match[str], *, now: datetime, zone: ZoneInfo) -> Condition:
    try:
        operator = Operator(part["operator"].lower())
    except ValueError:
        known = ", ".join(Operator)
        raise _fault(
            part, f"There is no “{part['operator']}:”. What can stand before a colon: {known}."
        ) from None
    raw = part["value"]
    if raw.startswith('"') and not (len(raw) > 1 and raw.endswith('"')):
        raise _fault(part, "The quotation mark is not closed.")
    value = raw.strip('"').strip()
    if not value:
        raise _fault(part, f"Say what after “{operator}:”, as in {HELP[operator][0]}.")
    known_values = VALUES.get(operator)
    if known_values and value.lower() not in known_values:
        raise _fault(part, f"“{operator}:” takes {_listed(known_values)}.")
    condition = Condition(
        operator,
        value.lower() if known_values else value,
        bool(part["minus"]),
        part.start(),
        part.end(),
    )
    if operator is Operator.SORT and condition.negated:
        raise _fault(part, "A sort has no minus. The opposite of sort:updated is sort:oldest.")
    if operator in TIMES:
        return replace(condition, span=_span(part, value, now=now, zone=zone))
    return condition


def _span(part: re.Match[str], value: str, *, now: datetime, zone: ZoneInfo) -> Span:
    sign, rest = (value[0], value[1:]) if value[0] in "<>" else ("", value)
    if age := _AGE.fullmatch(rest):
        hours = min(int(age["number"]) * _HOURS[age["unit"]], LONGEST_AGO_H)
        at = now - timedelta(hours=hours)
        return Span(None, at) if sign == ">" else Span(at, None)
    if day := _DAY.fullmatch(rest):
        try:
            first, following = _days(day, zone)
        except ValueError:
            raise _fault(part, f"There is no such day as {rest}.") from None
        return {"<": Span(None, first), ">": Span(following, None), "": Span(first, following)}[
            sign
        ]
    raise _fault(
        part,
        f"“{part['operator']}:” takes an age such as <7d or >2w (h, d, w, m, y), or a day or "
        "month such as 2026-03-15, <2026-03 or >2026.",
    )


def _days(day: re.Match[str], zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a day, month or year, and of the one after it.  Raises ValueError."""
    year, month, date = int(day["year"]), int(day["month"] or 1), int(day["day"] or 1)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    first = datetime(year, month, date, tzinfo=zone)
    if day["day"]:
        return first, (first.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)
    if day["month"]:
        return first, datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
    return first, datetime(year + 1, 1, 1, tzinfo=zone)


def _listed(words: tuple[str, ...]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _fault(part: re.Match[str], message: str) -> NotUnderstood:
    return NotUnderstood(message, start=part.start(), end=part.end())
