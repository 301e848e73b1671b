"""The forms of this room: shape only, the verbs check the rules."""

from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.accounts.passwords import LONGEST, SHORTEST
from app.accounts.people import LONGEST_NAME
from app.core.web.forms import Form


def _email() -> EmailField:
    return EmailField(
        "Email",
        [InputRequired("Add your email address."), Length(max=254, message="That is too long.")],
    )


def _name() -> StringField:
    message = f"A name has 1 to {LONGEST_NAME} characters."
    return StringField(
        "Name", [InputRequired("Add your name."), Length(max=LONGEST_NAME, message=message)]
    )


def _known_password(label: str) -> PasswordField:
    return PasswordField(label, [InputRequired("Add your password.")])


def _new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        [InputRequired("Choose a password.")],
        render_kw={"minlength": SHORTEST, "maxlength": LONGEST, "autocomplete": "new-password"},
    )


class SignInForm(Form):
    """Who one is."""

    email = _email()
    password = _known_password("Password")


class RegistrationForm(Form):
    """An account to be made."""

    name = _name()
    email = _email()
    password = _new_password("Password")


class ConfirmationForm(Form):
    """The password of a registration, asked for where another browser began it."""

    password = PasswordField("Password")


class ResetForm(Form):
    """The address to which a link to a new password goes."""

    email = _email()


class LinkPasswordForm(Form):
    """Name and password, set by the holder of a link."""

    name = _name()
    password = _new_password("Password")


class ProfileForm(Form):
    """What others see of a person."""

    name = _name()


class PasswordForm(Form):
    """A new password, by who knows the present one."""

    present = _known_password("Present password")
    password = _new_password("New password")
