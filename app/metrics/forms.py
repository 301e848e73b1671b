"""Metrics: the choice of a period, and of what part of the desk is read."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from wtforms import DateField, SelectChoice, SelectField, StringField
from wtforms.validators import AnyOf, Length, Optional, ValidationError

from app.accounts.teams import team_names
from app.core import clock
from app.core.settings import settings
from app.core.web.forms import Form
from app.metrics.asking import NOTHING, number_in
from app.metrics.day_span import FIRST_YEAR, LAST_YEAR, DaySpan
from app.metrics.definitions.metric import Hours
from app.metrics.filtering import Key
from app.metrics.naming import has_organisations, name_of
from app.tickets.ticket import Channel, Priority

PRESETS = {"7": "7 days", "28": "4 weeks", "84": "12 weeks", "all": "Everything"}
USUAL = "84"


class DayField(DateField):  # type: ignore[misc]
    """A day, which may be left out."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [Optional()], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it, or say how to write it."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Write the day as 2026-03-31.") from None
        if self.data and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            raise ValueError(f"Choose a year from {FIRST_YEAR} to {LAST_YEAR}.")


class DayOverField(DayField):
    """A day that is over, at whose end the desk is looked at; none for how it stands now."""

    def pre_validate(self, form: Any) -> None:
        """Of today, there is only how it stands now."""
        if self.data and self.data >= clock.today(settings().zone):
            raise ValidationError("Choose a day that is over, or none to see how it stands now.")


_DAYS = frozenset({"last", "from", "to"})


def _strip(text: str | None) -> str | None:
    return text.strip() if text else text


class NameField(StringField):  # type: ignore[misc]
    """What somebody or something is called; the ends are stripped."""

    def __init__(self, label: str, *, longest: int = 200, **kwargs: Any) -> None:
        limit = Length(max=longest, message=f"At most {longest} characters.")
        super().__init__(label, [Optional(), limit], filters=[_strip], **kwargs)


def _named(every: str, choices: Iterable[str]) -> list[SelectChoice]:
    named = (SelectChoice(str(each), str(each).capitalize()) for each in choices)
    return [SelectChoice("", every), *named]


class PeriodForm(Form):
    """`last`, one of the presets, or `from` and `to`, days of the reporting zone; `to` is not in it.

    Days win over a preset.  `as_of` is the day at whose end the desk is looked at.  The others say which
    cases are read, and in which hours; who goes by number is shown by name.
    """

    last = StringField(
        validators=[Optional(), AnyOf(PRESETS, message="Choose one of the periods.")]
    )
    to = DayField("To, not included")
    hours = StringField(
        validators=[Optional(), AnyOf([*Hours], message="Choose one of the two kinds of hours.")]
    )
    team = SelectField("Team", [Optional()], validate_choice=False)
    channel = SelectField("Channel", [Optional()], choices=_named("All channels", Channel))
    priority = SelectField("Priority", [Optional()], choices=_named("All priorities", Priority))
    tag = NameField("Tag", longest=60)
    organisation = NameField("Organisation")
    assignee = NameField("Assigned to")
    agent = NameField("Answered by")
    queue = NameField("Queue")
    type = NameField("Type")
    by = StringField(
        validators=[Optional(), AnyOf([Key.TEAM, Key.AGENT], message="Choose teams or people.")]
    )
    as_of = DayOverField("As it stood on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = (SelectChoice(str(id), name) for id, name in team_names().items())
        first, last = SelectChoice("", "All teams"), SelectChoice(NOTHING, "No team")
        self.team.choices = [first, *teams, last]
        self.knows_organisations = has_organisations()
        for key in (Key.ORGANISATION, Key.ASSIGNEE, Key.AGENT):
            if (number := number_in(self[key].data or "")) is not None:
                self[key].data = name_of(key, number)

    def validate_to(self, field: DayField) -> None:
        """The end lies after the start."""
        start_on = self["from"].data
        if start_on and field.data and field.data <= start_on:
            raise ValidationError("Choose a day after the first one.")

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked for, as arguments of an address; nothing means the usual."""
        chosen = {field.name: field.raw_data[0].strip() for field in self if field.data}
        if "from" in chosen or "to" in chosen:
            chosen.pop("last", None)
        return chosen

    @property
    def filters(self) -> dict[str, str]:
        """What was asked for of the cases, not of the days."""
        return {name: text for name, text in self.chosen.items() if name not in _DAYS}

    @property
    def conditions(self) -> list[str]:
        """The conditions as `where_asked` reads them."""
        return [f"{name}={text}" for name, text in self.filters.items() if name in [*Key]]

    @property
    def conditions_in_words(self) -> list[str]:
        """The conditions as a reader says them: "Priority: Urgent"."""
        return [f"{self[key].label.text}: {self._said(key)}" for key in Key if self[key].data]

    def _said(self, key: Key) -> str:
        field = self[key]
        choices = {str(each.value): each.label for each in getattr(field, "choices", None) or ()}
        return str(choices.get(field.data, field.data))

    @property
    def unfiltered(self) -> dict[str, str]:
        """What was asked for, but for the conditions."""
        return {name: text for name, text in self.chosen.items() if name not in [*Key]}

    @property
    def has_days(self) -> bool:
        """Whether somebody said which days."""
        return bool(_DAYS & self.chosen.keys())

    def days(self, *, today: date) -> DaySpan:
        """The days asked for, if there was a wish."""
        if "last" in self.chosen:
            return preset(self.last.data, today=today)
        return DaySpan(self["from"].data, self["to"].data)


def preset(name: str, *, today: date) -> DaySpan:
    """The days of a preset, today among them."""
    if name == "all":
        return DaySpan()
    return DaySpan(today - timedelta(days=int(name) - 1), today + timedelta(days=1))


# `from` is a word of Python's own and cannot be written as an attribute.
setattr(PeriodForm, "from", DayField("From"))
