"""Metrics: the forms of saved reports, of dashboards and of their mails: shape only."""

import csv
from enum import StrEnum
from itertools import chain
from typing import Any

from wtforms import (
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.accounts.people import names_with
from app.accounts.permissions import Permission
from app.accounts.teams import team_names
from app.core import clock
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web.forms import Form
from app.metrics.asking import NOTHING, where_asked
from app.metrics.day_span import DaySpan, Step
from app.metrics.definitions.metric import Hours
from app.metrics.filtering import Key
from app.metrics.forms import USUAL, DayField, DayOverField, PeriodForm
from app.metrics.saved.question import FIGURES, Question, grouping_of, lasting
from app.metrics.saved.spans import WORDS, Moving
from app.metrics.saved.subscription import Every
from app.metrics.saved.wording import KEYS, WEEKDAYS, Names
from app.tickets.canned.forms import ShelvedForm
from app.tickets.ticket import Channel, Priority

FIXED = "days"
HEADLINES = ("frt", "ttr_full", "fcr", "csat")
LONGEST = 200
_WORDS = {Key.CHANNEL: Channel, Key.PRIORITY: Priority}
_SEVERAL = frozenset({Key.QUEUE, Key.TYPE, Key.TAG})
"""Keys of which several values can be typed, with commas between."""


def _strip(text: str | None) -> str | None:
    return text.strip() if text else text


def _field_of(key: Key) -> Field:
    """A list where the values are known, else a line of text."""
    longest = Length(max=LONGEST, message=f"At most {LONGEST} characters.")
    if key in (Key.TEAM, Key.AGENT, Key.ASSIGNEE, *_WORDS):
        return SelectField(KEYS[key], [Optional(), longest], validate_choice=False)
    return StringField(KEYS[key], [Optional(), longest], filters=[_strip])


class ReportForm(ShelvedForm):
    """A saved report; one field for each key that cases can be filtered by, named `where_KEY`."""

    last = SelectField(
        "Period",
        choices=[SelectChoice(name.value, words) for name, words in WORDS.items()]
        + [SelectChoice(FIXED, "From one day to another")],
        default=Moving.LAST_28.value,
    )
    start_on = DayField("From")
    end_on = DayField("To, not included")
    hours = SelectField(
        "Durations count",
        choices=[
            SelectChoice(Hours.CALENDAR, "All hours"),
            SelectChoice(Hours.BUSINESS, "Business hours"),
        ],
        default=Hours.CALENDAR.value,
    )
    by = SelectField(
        "Groups",
        choices=[
            SelectChoice("", "None: one figure for all"),
            *(SelectChoice(step.value, f"By {step.value}") for step in Step),
            *(SelectChoice(key.value, f"By {words.lower()}") for key, words in KEYS.items()),
        ],
        default="",
    )
    metrics = SelectMultipleField(
        "Figures",
        [DataRequired("Choose a figure at least.")],
        choices=[SelectChoice(id, metric.name) for id, metric in FIGURES.items()],
        default=[*HEADLINES],
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [
            SelectChoice(str(id), name) for id, name in names_with(Permission.TICKETS_REPLY).items()
        ]
        teams = [SelectChoice(str(id), name) for id, name in team_names().items()]
        named = {Key.TEAM: teams, Key.AGENT: people, Key.ASSIGNEE: people}
        named |= {
            key: [SelectChoice(str(each), str(each).capitalize()) for each in kind]
            for key, kind in _WORDS.items()
        }
        for key, choices in named.items():
            self.where(key).choices = _with_gone(self.where(key).data, choices)

    def where(self, key: Key) -> Field:
        """The field of a condition."""
        return self[f"where_{key}"]

    @property
    def wheres(self) -> list[Field]:
        """The fields of all conditions."""
        return [self.where(key) for key in Key]

    def validate_last(self, field: SelectField) -> None:
        """Fixed days have a start or an end."""
        if field.data == FIXED and not self.start_on.data and not self.end_on.data:
            raise ValidationError("Choose the days, or a period that moves with time.")

    def validate_end_on(self, field: DayField) -> None:
        """The end of fixed days lies after their start."""
        start_on, is_fixed = self.start_on.data, self.last.data == FIXED
        if is_fixed and start_on and field.data and field.data <= start_on:
            raise ValidationError("Choose a day after the first one.")

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Each condition has a meaning, too."""
        is_valid = super().validate(*args, **kwargs)
        for key in Key:
            if self.where(key).errors:
                continue
            try:
                where_asked(self._conditions(key))
            except InvalidInput as fault:
                self.where(key).errors = [fault.message]
                is_valid = False
        return bool(is_valid)

    @property
    def question(self) -> Question:
        """What a valid form asks."""
        fixed = self.last.data == FIXED
        return Question(
            moving=None if fixed else Moving(self.last.data),
            days=DaySpan(self.start_on.data, self.end_on.data) if fixed else DaySpan(),
            hours=Hours(self.hours.data),
            conditions=tuple(each for key in Key for each in self._conditions(key)),
            by=grouping_of(self.by.data),
            ids=tuple(id for id in FIGURES if id in self.metrics.data),
        )

    def _conditions(self, key: Key) -> list[str]:
        """As `where_asked` reads them."""
        text = (self.where(key).data or "").strip()
        texts = _parted(text) if key in _SEVERAL else [text]
        return [f"{key}={each.strip()}" for each in texts if each.strip()]


def _parted(text: str) -> list[str]:
    """The values with commas between; one that has a comma itself stands in quotes."""
    return [*chain.from_iterable(csv.reader(text.splitlines(), skipinitialspace=True))]


def _quoted(text: str) -> str:
    """As `_parted` reads it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if "," in text or text.startswith('"') else text


def _with_gone(chosen: str | None, choices: list[SelectChoice]) -> list[SelectChoice]:
    """All, each, none; and what was chosen and is no longer there, so that saving does not lose it."""
    every, nothing = SelectChoice("", "All"), SelectChoice(NOTHING, "None")
    known = {choice.value for choice in choices} | {"", NOTHING, None}
    gone = [] if chosen in known else [SelectChoice(chosen, f"No longer here ({chosen})")]
    return [every, *choices, nothing, *gone]


def values_of(question: Question) -> dict[str, Any]:
    """What the fields of a form hold for a question."""
    said: dict[Key, list[str]] = {}
    for condition in question.conditions:
        name, _, text = condition.partition("=")
        said.setdefault(Key(name), []).append(text)
    if names := said.get(Key.ORGANISATION):
        numbers = [int(text) for text in names if text.isdecimal()]
        said[Key.ORGANISATION] = [*map(Names(Key.ORGANISATION, numbers).of, numbers)] or names
    return {
        "last": question.moving.value if question.moving else FIXED,
        "start_on": question.days.start_on,
        "end_on": question.days.end_on,
        "hours": question.hours.value,
        "by": question.by.value if question.by else "",
        "metrics": [*question.ids],
        **{
            f"where_{key}": ", ".join(map(_quoted, texts) if key in _SEVERAL else texts)
            for key, texts in said.items()
        },
    }


def question_of(form: PeriodForm) -> Question:
    """What a valid form of the metrics page asks, to be kept; the figures are those of its headlines.

    Raises InvalidInput.
    """
    last = form.chosen.get("last", "" if form.has_days else USUAL)
    moving = Moving(last) if last in [*Moving] else None
    today = clock.today(settings().zone)
    return Question(
        moving=moving,
        days=DaySpan() if moving else form.days(today=today),
        hours=Hours(form.hours.data or Hours.CALENDAR),
        conditions=lasting(form.conditions),
        by=grouping_of(form.by.data),
        ids=HEADLINES,
    )


for _key in Key:
    setattr(ReportForm, f"where_{_key}", _field_of(_key))


class AsOfForm(Form):
    """The day at whose end a report or a dashboard is looked at."""

    as_of = DayOverField("As it stood on")


class DashboardForm(ShelvedForm):
    """A dashboard; the places of its reports are read by `places`."""

    reports = StringField("Reports")


class SubscriptionForm(Form):
    """When figures come by mail, and to whom: to oneself, or to a team."""

    every = RadioField(
        "How often",
        choices=[
            SelectChoice(Every.DAY, "Every day"),
            SelectChoice(Every.WEEK, "Every week, on the day below"),
            SelectChoice(Every.MONTH, "Every month, on the 1st"),
        ],
        default=Every.WEEK.value,
    )
    weekday = SelectField(
        "Day of the week", coerce=int, choices=[SelectChoice(n, name) for n, name in enumerate(WEEKDAYS)],
        default=0,
    )  # fmt: skip
    hour = SelectField(
        "Hour", coerce=int, choices=[SelectChoice(n, f"{n}:00") for n in range(24)], default=8
    )
    whom = SelectField("To", choices=[SelectChoice("", "Me")], default="")

    def __init__(self, *args: Any, own_teams: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [SelectChoice(str(id), f"Everybody in {name}") for id, name in own_teams.items()]
        self.whom.choices = [*self.whom.choices, *teams]

    @property
    def team_id(self) -> int | None:
        """The team it goes to; None for oneself."""
        return int(self.whom.data) if self.whom.data else None


class Act(StrEnum):
    """What can be done to mails: stop them for oneself, have them again, end them for all."""

    STOP = "stop"
    RESUME = "resume"
    END = "end"


class StopForm(Form):
    """What to do.  A mail program that stops mails in one click says only so (RFC 8058)."""

    act = SelectField(
        "Do",
        default=Act.STOP.value,
        choices=[SelectChoice(value=each.value, label=each.value) for each in Act],
    )
