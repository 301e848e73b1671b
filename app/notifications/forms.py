"""The forms of this room: shape only."""

from enum import StrEnum
from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from app.accounts.user import User
from app.core.web.forms import Form
from app.notifications.choice import Every
from app.notifications.choosing import concerning
from app.notifications.occasion import CATALOGUE, WORDS, Occasion, Way


class ChoicesForm(Form):
    """How somebody hears of each occasion, under its name, and when their digest comes."""

    every = SelectField(
        "How often",
        choices=[
            SelectChoice(value=Every.HOUR.value, label="Every hour"),
            SelectChoice(value=Every.DAY.value, label="Every day"),
            SelectChoice(value=Every.WEEK.value, label="On Mondays"),
        ],
    )
    hour = SelectField(
        "At", coerce=int, choices=[SelectChoice(value=h, label=f"{h:02}:00") for h in range(24)]
    )
    zone = StringField(
        "Time zone", [Optional(), Length(max=60)], filters=[lambda z: (z or "").strip()]
    )

    @property
    def occasions(self) -> list[Occasion]:
        """What can be chosen in it."""
        return [each for each in Occasion if each.value in self]

    @property
    def ways(self) -> dict[Occasion, Way]:
        """What was chosen."""
        return {each: Way(self[each.value].data) for each in self.occasions}


for _occasion, _entry in CATALOGUE.items():
    if not _entry.fixed:
        _offered = [SelectChoice(value=way.value, label=WORDS[way]) for way in _entry.ways]
        setattr(ChoicesForm, _occasion.value, SelectField(_entry.sentence, choices=_offered))


def choices_form(user: User, **given: Any) -> ChoicesForm:
    """The form with what concerns this person."""
    form = ChoicesForm(**given)
    for each in set(Occasion) - set(concerning(user)):
        if each.value in form:
            del form[each.value]
    return form


class StanceForm(Form):
    """What somebody wants of a ticket: to follow it, to mute it, or neither."""

    position = SelectField(
        "Position",
        choices=[SelectChoice(value=v, label=v) for v in ("follows", "mutes", "none")],
    )


class Act(StrEnum):
    """What can be done on the page of a link that stops mails."""

    STOP = "stop"
    RESUME = "resume"
    MUTE = "mute"
    UNMUTE = "unmute"


class UnsubscriptionForm(Form):
    """What to do.  A mail program that does it in one click says only so (RFC 8058)."""

    act = SelectField(
        "Do",
        default=Act.STOP.value,
        choices=[SelectChoice(value=each.value, label=each.value) for each in Act],
    )
