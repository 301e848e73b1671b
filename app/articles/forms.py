"""The forms of this room: shape only."""

from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from app.articles.files.source_file import LARGEST_BYTES
from app.core.web.forms import Form


class ResolutionForm(Form):
    """Which text ends a conflict, and which two were on the page."""

    take = SelectField(choices=["file", "app", "merged"])
    draft = IntegerField(validators=[InputRequired()])
    live = IntegerField(validators=[InputRequired()])
    text = TextAreaField("The text made of both")

    def validate_text(self, field: TextAreaField) -> None:
        """No longer than a file may be."""
        if len((field.data or "").encode()) > LARGEST_BYTES:
            raise ValueError("That is longer than a file may be (1 MiB).")
