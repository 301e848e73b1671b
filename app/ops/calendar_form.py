"""The form of business hours: a field a day, as people write hours."""

from datetime import date
from typing import Any

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from app.core.web.forms import Form
from app.worktime.hours import WEEKDAYS, Week, read_day, said_day
from app.worktime.work_calendar import Version

_DAYS = tuple(name.lower() for name in WEEKDAYS)


class _Day(DateField):  # type: ignore[misc]
    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it, or say how to write it."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Write the day as 2026-03-31.") from None


class HoursForm(Form):
    """Hours that count from a day on: seven days, holidays one a line, the time zone."""

    effective_from = _Day("From", [InputRequired("Choose the first day.")])
    zone = StringField("Time zone", [InputRequired("Write a time zone as Europe/Berlin.")])
    holidays = TextAreaField("Holidays")

    @property
    def days(self) -> list[Any]:
        """The fields of the seven days."""
        return [self[name] for name in _DAYS]

    @property
    def week(self) -> Week:
        """The hours as they were written.  Raises InvalidInput (the field of the day)."""
        return tuple(read_day(self[name].data or "", field=name) for name in _DAYS)

    @property
    def closed_on(self) -> list[date]:
        """The holidays of a valid form."""
        return [date.fromisoformat(line) for line in (self.holidays.data or "").split()]

    def validate_holidays(self, field: TextAreaField) -> None:
        """Every line is a day."""
        for line in (field.data or "").split():
            try:
                date.fromisoformat(line)
            except ValueError:
                raise ValidationError(f"{line[:40]} is not a day such as 2026-12-25.") from None


for _name, _word in zip(_DAYS, WEEKDAYS, strict=True):
    setattr(HoursForm, _name, StringField(_word))


def form_of(version: Version, *, from_on: date) -> HoursForm:
    """The form filled with what counts now."""
    said = {name: said_day(day) for name, day in zip(_DAYS, version.week, strict=True)}
    holidays = "\n".join(sorted(day.isoformat() for day in version.holidays if day >= from_on))
    return HoursForm(
        formdata=None, effective_from=from_on, zone=version.zone, holidays=holidays, **said
    )
