"""The form of a vote: shape only."""

from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Length

from app.articles.feedback.article_vote import Reason
from app.articles.feedback.voting import Opinion
from app.core.web.forms import Form

LONGEST = 2000
REASONS = (
    (Reason.MISSING.value, "What I looked for is not in it"),
    (Reason.UNCLEAR.value, "I could not follow it"),
    (Reason.OUTDATED.value, "It is out of date"),
    (Reason.WRONG.value, "Something in it is wrong"),
)
"""Why a guide did not help, as readers are asked and as staff read it."""


def _strip(text: str | None) -> str | None:
    return text.strip().replace("\r\n", "\n") if text else text


class VoteForm(Form):
    """Whether it helped, and if not, why."""

    helped = RadioField(
        "Did this solve it?",
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No")],
        validators=[AnyOf(("yes", "no"), "Choose yes or no first.")],
        validate_choice=False,
    )
    reasons = SelectMultipleField(
        "What went wrong?", choices=[SelectChoice(value, words) for value, words in REASONS]
    )
    comment = TextAreaField(
        "What was missing? We read every line.",
        validators=[Length(max=LONGEST, message="That is long: 2,000 characters fit here.")],
        filters=[_strip],
    )

    @property
    def opinion(self) -> Opinion:
        """What the reader thinks; whoever was helped gives no reasons."""
        if self.helped.data == "yes":
            return Opinion(helped=True)
        reasons = frozenset(Reason(each) for each in self.reasons.data or ())
        return Opinion(helped=False, reasons=reasons, comment=self.comment.data or "")
