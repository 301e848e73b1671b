"""The forms of this room."""

from wtforms import EmailField, SelectMultipleField, StringField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.accounts.people import LONGEST_NAME
from app.accounts.permissions import STORED_ROLES, Role
from app.core.web.forms import Form


class RolesField(SelectMultipleField):  # type: ignore[misc]
    """The roles that can be given, as boxes to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def __init__(self, label: str, **kwargs: object) -> None:
        choices = [SelectChoice(role.value, role.value.capitalize()) for role in STORED_ROLES]
        super().__init__(label, choices=choices, coerce=Role, **kwargs)


class InvitationForm(Form):
    """Somebody to be let in."""

    email = EmailField(
        "Email",
        [InputRequired("Add the email address."), Length(max=254, message="That is too long.")],
    )
    name = StringField(
        "Name", [Length(max=LONGEST_NAME, message=f"A name has 1 to {LONGEST_NAME} characters.")]
    )
    roles = RolesField("Roles")


class TeamForm(Form):
    """A team: what it is called, and who is in it."""

    name = StringField("Name", [InputRequired("Give the team a name.")])
    members = SelectMultipleField("People", coerce=int, validate_choice=False)


class RolesForm(Form):
    """Exactly these roles."""

    roles = RolesField("Roles")
