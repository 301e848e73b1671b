"""Rating by a signed link.  Opening it saves nothing: mail scanners open links too."""

from typing import Any

from flask import Response

from app.core.errors import InvalidInput
from app.core.web import arguments
from app.core.web.responses import invalid, moved_to, page
from app.core.web.throttling import throttle
from app.surveys import access, answering
from app.surveys.forms import FACES, RatingForm
from app.surveys.queries import asked_by
from app.surveys.survey import Rating, Survey

HOUR_S = 3600


def show_rating(token: str) -> Response:
    """The form, with the face chosen that the link names, or the one chosen before."""
    survey = access.survey_for(token)
    if not survey.is_open:
        return page("surveys/closed.html", asked=asked_by(survey))
    chosen = arguments.text("rating", longest=1) or str(survey.rating or "")
    given = {"rating": chosen, "comment": survey.comment}
    return page("surveys/rate.html", **_context(survey, RatingForm(formdata=None, data=given)))


def create_rating(token: str) -> Response:
    """Save it."""
    survey = access.survey_for(token)
    form = RatingForm()
    throttle("rate", str(survey.id), limit=20, per_s=HOUR_S)
    if not form.validate():
        return invalid("surveys/rate.html", **_context(survey, form))
    try:
        answering.answer(
            survey, rating=Rating(int(form.rating.data)), comment=form.comment.data or ""
        )
    except InvalidInput as fault:
        form.refuse(fault)
        return invalid("surveys/rate.html", **_context(survey, form))
    return moved_to("surveys.show_thanks", token=token)


def show_thanks(token: str) -> Response:
    """What was saved, and the way to change it."""
    survey = access.survey_for(token)
    if survey.rating is None:
        return moved_to("surveys.show_rating", token=token)
    return page(
        "surveys/thanks.html", asked=asked_by(survey), rating=Rating(survey.rating), token=token
    )


def _context(survey: Survey, form: RatingForm) -> dict[str, Any]:
    words = {str(each.value): each.word for each in Rating}
    return {
        "asked": asked_by(survey),
        "form": form,
        "faces": {str(rating.value): face for rating, face in FACES.items()},
        "chosen": words.get(form.rating.data, ""),
        "said": words.get(str(survey.rating), ""),
    }
