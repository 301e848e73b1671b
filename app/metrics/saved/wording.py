"""Metrics: saved questions in words: what groups are called, and what is asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select

from app.accounts.organisation import Organisation
from app.core.db import db
from app.core.web.filters import MONTHS, day
from app.core.web.nonsense import LARGEST_ID
from app.metrics.asking import NOTHING, number_in
from app.metrics.day_span import DaySpan, Step
from app.metrics.definitions.metric import Hours
from app.metrics.filtering import PERSONAL, Key, Value
from app.metrics.naming import names_of
from app.metrics.saved.question import Grouping, Question
from app.metrics.saved.spans import WORDS
from app.metrics.saved.subscription import Every, Subscription

KEYS = {
    Key.TEAM: "Team",
    Key.AGENT: "Person",
    Key.ASSIGNEE: "Assignee",
    Key.PRIORITY: "Priority",
    Key.CHANNEL: "Channel",
    Key.QUEUE: "Queue",
    Key.TYPE: "Type",
    Key.ORGANISATION: "Organisation",
    Key.TAG: "Tag",
}
STEPS = {Step.DAY: "Day", Step.WEEK: "Week", Step.MONTH: "Month"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NAMED = frozenset({Key.TEAM, Key.ORGANISATION, *PERSONAL})
"""Keys whose values are numbers of things that have a name."""


_NOBODY = {Key.AGENT: "Nobody of ours", Key.ASSIGNEE: "Nobody"}


class Names:
    """What the values of a key are called; asked once for a page."""

    def __init__(self, key: Key, values: Iterable[Value]) -> None:
        numbers = {each for each in values if isinstance(each, int) and each <= LARGEST_ID}
        self.key = key
        self.names = _names(key, numbers) if numbers else {}

    def of(self, value: Value) -> str:
        """One of them; of what is gone, its number."""
        if value is None:
            return _NOBODY.get(self.key) or f"No {KEYS[self.key].lower()}"
        if isinstance(value, int) and self.key in NAMED:
            return self.names.get(value, f"No longer here ({value})")
        return str(value).capitalize() if self.key in (Key.CHANNEL, Key.PRIORITY) else str(value)


def _names(key: Key, numbers: set[int]) -> Mapping[int, str]:
    if key is Key.ORGANISATION:
        rows = select(Organisation.id, Organisation.name).where(Organisation.id.in_(numbers))
        return {row.id: row.name for row in db.session.execute(rows)}
    return names_of(Key.TEAM if key is Key.TEAM else Key.AGENT) if key in NAMED else {}


def grouping_words(by: Grouping) -> str:
    """Such as "By team"; nothing for a report without groups."""
    if by is None:
        return ""
    return f"By {(KEYS[by] if isinstance(by, Key) else STEPS[by]).lower()}"


def span_words(days: DaySpan) -> str:
    """Such as "2 March 2026 to 8 March 2026"."""
    if days.start_on is None and days.last_on is None:
        return "Everything"
    if days.start_on is None or days.last_on is None:
        return f"From {day(days.start_on)}" if days.start_on else f"Until {day(days.last_on)}"  # type: ignore[arg-type]
    return f"{day(days.start_on)} to {day(days.last_on)}"


def step_words(step: Step, days: DaySpan) -> str:
    """What one step of a course is called."""
    start_on, last_on = days.start_on, days.last_on
    if start_on is None or last_on is None or start_on == last_on:
        return day(start_on) if start_on else ""
    if step is Step.MONTH and start_on.day == (last_on + timedelta(days=1)).day == 1:
        return f"{MONTHS[start_on.month]} {start_on.year}"
    first = f"{start_on.day} {MONTHS[start_on.month][:3]}"
    return f"{first} – {last_on.day} {MONTHS[last_on.month][:3]} {last_on.year}"


def _asked(conditions: Iterable[str]) -> dict[Key, list[Value]]:
    """What is asked of cases, key by key."""
    asked: dict[Key, list[Value]] = {}
    for condition in conditions:
        name, _, text = condition.partition("=")
        key = Key(name)
        asked.setdefault(key, []).append(_value(key, text))
    return asked


def _value(key: Key, text: str) -> Value:
    if text == NOTHING:
        return None
    number = number_in(text) if key in NAMED else None
    return text if number is None else number


def question_words(question: Question) -> str:
    """The whole question in a line."""
    return questions_words([question])[0]


def questions_words(questions: Sequence[Question]) -> list[str]:
    """Each question in a line; names are asked for once for all."""
    asked = [_asked(question.conditions) for question in questions]
    names = {key: Names(key, [v for each in asked for v in each.get(key, ())]) for key in Key}
    return [_line(*each, names) for each in zip(questions, asked, strict=True)]


def _line(
    question: Question, asked: Mapping[Key, Sequence[Value]], names: Mapping[Key, Names]
) -> str:
    said = [
        WORDS[question.moving] if question.moving else span_words(question.days),
        *(f"{KEYS[key]}: {' or '.join(map(names[key].of, v))}" for key, v in asked.items()),
        grouping_words(question.by),
        "Business hours" if question.hours is Hours.BUSINESS else "",
    ]
    return " · ".join(each for each in said if each)


def rhythm_words(subscription: Subscription) -> str:
    """Such as "Every Monday at 8:00"."""
    match subscription.every:
        case Every.DAY:
            when = "Every day"
        case Every.WEEK:
            when = f"Every {WEEKDAYS[subscription.weekday]}"
        case Every.MONTH:
            when = "On the 1st of every month"
    return f"{when} at {subscription.hour}:00"
