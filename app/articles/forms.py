"""The forms of this room: shape only."""

from typing import Any

from wtforms import FileField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from app.articles.files.source_file import LARGEST_BYTES
from app.core.web.forms import Form

DIALECTS = [
    SelectChoice("auto", "Find out"),
    SelectChoice("markdown", "Markdown, or another Hearth"),
    SelectChoice("hugo", "Hugo"),
    SelectChoice("jekyll", "Jekyll"),
    SelectChoice("docusaurus", "Docusaurus"),
    SelectChoice("zendesk", "Zendesk Guide"),
    SelectChoice("bookstack", "BookStack"),
]
READERS = [
    SelectChoice("agents", "Agents"),
    SelectChoice("signed_in", "People who are signed in"),
    SelectChoice("public", "Everybody"),
]


class ResolutionForm(Form):
    """Which text ends a conflict, and which two were on the page."""

    take = SelectField(choices=["file", "app", "merged"])
    draft = IntegerField(validators=[InputRequired()])
    live = IntegerField(validators=[InputRequired()])
    text = TextAreaField("The text made of both")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text.flags.required = True  # for whoever writes one; the other two need none

    def validate_text(self, field: TextAreaField) -> None:
        """No longer than a file may be."""
        if len((field.data or "").encode()) > LARGEST_BYTES:
            raise ValidationError("That is longer than a file may be (1 MiB).")


class IntakeForm(Form):
    """A source to import, and how."""

    file = FileField("Zip or JSON file", [InputRequired("Choose the file to import")])
    dialect = SelectField("Written by", choices=DIALECTS)
    into = StringField(
        "Folder for all of it",
        [
            Length(max=100, message="A folder can have 100 characters."),
            Regexp(
                r"(?:[^./\\\s][^./\\]*(?:/[^./\\\s][^./\\]*)*)?\Z",
                message="Use names with slashes between them.",
            ),
        ],
    )
    visibility = SelectField("Who may read it", choices=READERS)


class RestorationForm(Form):
    """Which version is taken back, and which was the live one on the page."""

    revision = IntegerField(validators=[InputRequired()])
    live = IntegerField(validators=[InputRequired()])
    note = StringField(
        "Why",
        [Optional(), Length(max=300, message="A note has at most 300 characters.")],
        filters=[lambda text: " ".join((text or "").split())],
    )
