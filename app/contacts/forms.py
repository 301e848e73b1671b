"""The forms of this room: shape only, the verbs check the rules."""

from wtforms import BooleanField, EmailField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.accounts.organisation import LONGEST_NAME
from app.core.web.forms import Form, MarkdownField


class OrganisationForm(Form):
    """An organisation."""

    name = StringField(
        "Name",
        [
            InputRequired("Give it a name."),
            Length(max=LONGEST_NAME, message=f"A name has 1 to {LONGEST_NAME} characters."),
        ],
    )
    open = BooleanField("Its people read each other’s tickets")


class MemberForm(Form):
    """Somebody who is to belong to an organisation."""

    email = EmailField(
        "Email of a person",
        [InputRequired("Add an email address."), Length(max=254, message="That is too long.")],
    )


class BelongingForm(Form):
    """The organisation of a person, by its name."""

    organisation = StringField("Organisation", [Optional(), Length(max=LONGEST_NAME)])


class NoteForm(Form):
    """What is good to know about a person."""

    text = MarkdownField("New note", [DataRequired("Write a few words first.")])
