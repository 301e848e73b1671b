"""The forms of this room: shape only."""

from enum import StrEnum

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.web.forms import Form, MarkdownField
from app.portal.insertion import How, Kind


def _choices(kind: type[StrEnum]) -> list[SelectChoice]:
    return [SelectChoice(each.value, each.value) for each in kind]


class PreviewForm(Form):
    """A text that is to be shown as it will look."""

    text = MarkdownField("Text")


class MissForm(Form):
    """A search that found nothing."""

    q = StringField("Words", [InputRequired(), Length(max=200)])


class InsertionForm(Form):
    """What, and how much of it."""

    kind = SelectField("What", choices=_choices(Kind), default=Kind.ARTICLE.value)
    ref = StringField("Which", [InputRequired(), Length(max=20)])
    how = SelectField("How", choices=_choices(How), default=How.LINK.value)
