"""The form of a canned reply: shape only."""

from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.core.web.forms import Form, MarkdownField
from app.core.web.nonsense import LARGEST_ID
from app.tickets.shelf import LONGEST_TITLE, Shelf


class ShelvedForm(Form):
    """What is common to everything that lies on a shelf."""

    title = StringField(
        "Title",
        [
            DataRequired("Give it a title to find it by"),
            Length(max=LONGEST_TITLE, message=f"A title has 1 to {LONGEST_TITLE} characters."),
        ],
    )
    shelf = SelectField(
        "Who may use it",
        choices=[SelectChoice(each.value, each.value) for each in Shelf],
        default=Shelf.OWN.value,
    )
    team = IntegerField(
        "Team", [Optional(), NumberRange(max=LARGEST_ID, message="Choose a team from the list.")]
    )


class CannedForm(ShelvedForm):
    """A canned reply."""

    text = MarkdownField("Text", [DataRequired("Write what it says")])


class InsertForm(Form):
    """What is to be inserted."""

    canned = IntegerField(
        "Canned reply",
        [
            DataRequired("Choose one from the list."),
            NumberRange(max=LARGEST_ID, message="Choose one from the list."),
        ],
    )
