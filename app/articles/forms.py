"""The forms of this room: shape only."""

from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.articles.files.source_file import LARGEST_BYTES
from app.core.web.forms import Form


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
            raise ValueError("That is longer than a file may be (1 MiB).")


class RestorationForm(Form):
    """Which version is taken back, and which was the live one on the page."""

    revision = IntegerField(validators=[InputRequired()])
    live = IntegerField(validators=[InputRequired()])
    note = StringField(
        "Why",
        [Optional(), Length(max=300, message="A note has at most 300 characters.")],
        filters=[lambda text: " ".join((text or "").split())],
    )
