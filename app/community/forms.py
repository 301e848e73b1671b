"""The shape of what people send to the community."""

from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from app.community.post import LONGEST_REASON
from app.community.question import LONGEST_TITLE
from app.community.vote import Value
from app.core.web.forms import Form, MarkdownField


class QuestionForm(Form):
    """A new question."""

    title = StringField(
        "Your question, in one line",
        [
            DataRequired("Write your question in one line."),
            Length(max=LONGEST_TITLE, message=f"Keep it to {LONGEST_TITLE} characters."),
        ],
    )
    text = MarkdownField("Details", [DataRequired("Say a little more about it.")])


class AnswerForm(Form):
    """An answer."""

    text = MarkdownField("Your answer", [DataRequired("Write your answer first.")])


class VoteForm(Form):
    """Up, down, or taken back."""

    value = HiddenField()

    @property
    def chosen(self) -> Value:
        """The vote; anything that is none takes it back."""
        return {"1": Value.UP, "-1": Value.DOWN}.get(self.value.data or "", Value.NONE)


class AcceptanceForm(Form):
    """Which answer solved it."""

    answer = HiddenField()

    @property
    def answer_id(self) -> int:
        """The answer's id; 0, which no answer has, for nonsense."""
        raw = self.answer.data or ""
        return int(raw) if raw.isdecimal() and len(raw) < 10 else 0


class HidingForm(Form):
    """Why something is taken out of sight."""

    reason = StringField(
        "Reason, shown to the author",
        [
            DataRequired("Say why, so that the author understands."),
            Length(max=LONGEST_REASON, message=f"Keep it to {LONGEST_REASON} characters."),
        ],
    )
