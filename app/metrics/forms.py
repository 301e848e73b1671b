"""Metrics: the choice of a period."""

from datetime import date, timedelta
from typing import Any

from wtforms import DateField, StringField
from wtforms.validators import AnyOf, Optional, ValidationError

from app.core.web.forms import Form
from app.metrics.day_span import FIRST_YEAR, LAST_YEAR, DaySpan

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


class PeriodForm(Form):
    """`last`, one of the presets, or `from` and `to`, days of the reporting zone; `to` is not in it."""

    last = StringField(
        validators=[Optional(), AnyOf(PRESETS, message="Choose one of the periods.")]
    )
    to = DayField("To, not included")

    def validate_to(self, field: DayField) -> None:
        """The end lies after the start."""
        start_on = self["from"].data
        if start_on and field.data and field.data <= start_on:
            raise ValidationError("Choose a day after the first one.")

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked for, as arguments of an address; nothing means the usual."""
        return {field.name: field.raw_data[0] for field in self if field.data}

    def days(self, *, today: date) -> DaySpan:
        """The days asked for, if there was a wish."""
        if self.last.data:
            return preset(self.last.data, today=today)
        return DaySpan(self["from"].data, self["to"].data)


def preset(name: str, *, today: date) -> DaySpan:
    """The days of a preset, today among them."""
    if name == "all":
        return DaySpan()
    return DaySpan(today - timedelta(days=int(name) - 1), today + timedelta(days=1))


# `from` is a word of Python's own and cannot be written as an attribute.
setattr(PeriodForm, "from", DayField("From"))
