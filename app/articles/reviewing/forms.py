"""The forms of reviews: shape only."""

from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.articles.files.fault import Faulty
from app.articles.files.manuscript import Manuscript
from app.articles.files.source_file import LARGEST_BYTES, normal_lines
from app.core.errors import InvalidInput
from app.core.web.forms import Form, MarkdownField
from app.core.web.nonsense import LARGEST_ID


class ReviewRequestForm(Form):
    """The text that somebody proposes, whole as a file holds it, and whom they ask.

    `base` is the revision that it was written over.
    """

    text = TextAreaField("The text", [InputRequired("Write the text first.")])
    base = IntegerField(validators=[Optional()])
    reviewer = SelectField("Who looks at it", coerce=int, default=0, validate_choice=False)
    note = StringField(
        "What you changed, and why",
        [Optional(), Length(max=300, message="A note has at most 300 characters.")],
        filters=[lambda text: " ".join((text or "").split())],
    )

    def __init__(self, *args: Any, reviewers: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {0: "Anybody who may publish", **reviewers}
        self.reviewer.choices = [SelectChoice(value=id, label=name) for id, name in names.items()]

    def validate_text(self, field: TextAreaField) -> None:
        """No longer than a file may be."""
        if len((field.data or "").encode()) > LARGEST_BYTES:
            raise ValueError("That is longer than a file may be (1 MiB).")

    @property
    def manuscript(self) -> Manuscript:
        """The text.  Raises InvalidInput (field `text`)."""
        try:
            return Manuscript.of(normal_lines(self.text.data or ""))
        except Faulty as fault:
            raise InvalidInput(fault.faults[0].sentence, field="text") from fault

    @property
    def over(self) -> int | None:
        """The revision that it was written over, if it says so."""
        return self.base.data if 0 < (self.base.data or 0) <= LARGEST_ID else None


class JudgementForm(Form):
    """What somebody says about a proposed text, or one line of it; `proposed` is the revision they saw."""

    text = MarkdownField("What you think")
    line = IntegerField("About line", [Optional()])
    proposed = IntegerField(validators=[InputRequired()])
