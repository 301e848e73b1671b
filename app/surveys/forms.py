"""The form of a rating."""

from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from app.core.web.forms import Form
from app.surveys.survey import LONGEST_COMMENT, Rating

FACES = {
    Rating.BAD: "frown",
    Rating.POOR: "annoyed",
    Rating.OKAY: "meh",
    Rating.GOOD: "smile",
    Rating.GREAT: "laugh",
}


class RatingForm(Form):
    """One of five faces, and a few words if wanted."""

    rating = RadioField(
        "How was our help?",
        choices=[SelectChoice(str(each.value), each.word) for each in Rating],
        validators=[InputRequired("Choose one of the five.")],
    )
    comment = TextAreaField(
        "Anything you want to add?",
        validators=[
            Length(
                max=LONGEST_COMMENT,
                message="2,000 characters are enough here. Say more on the ticket.",
            )
        ],
    )
