"""Taking down what a requester says about our help."""

from app.core import clock
from app.core.errors import InvalidInput, InvalidTransition
from app.core.uow import verb
from app.surveys.survey import LONGEST_COMMENT, Rating, Survey
from app.tickets.events import (
    AuthorKind,
    SurveyAnswered,
    SurveyCommentAdded,
    SurveyRevised,
    TicketFact,
)
from app.tickets.history import one_act, record


@verb
def answer(survey: Survey, *, rating: Rating, comment: str = "") -> None:
    """Rate, or rate again: the last rating counts.  Saying the same twice is saying it once.

    Raises InvalidTransition two weeks after it was asked, InvalidInput (field `comment`).
    """
    if not survey.is_open:
        raise InvalidTransition("This question was open for two weeks and is closed now.")
    comment = comment.strip()
    if len(comment) > LONGEST_COMMENT:
        raise InvalidInput(f"At most {LONGEST_COMMENT} characters.", field="comment")
    with one_act():
        if rating != survey.rating:
            _record(_rated(survey, rating))
        if comment and comment != survey.comment:
            _record(_commented(survey))
    survey.rating, survey.comment = rating, comment
    survey.answered_at = clock.now()


def _rated(survey: Survey, rating: Rating) -> TicketFact:
    fact = SurveyAnswered if survey.rating is None else SurveyRevised
    return fact(
        ticket_id=survey.ticket_id,
        by_id=survey.requester_id,
        survey_id=survey.id,
        rating=rating.value,
    )


def _commented(survey: Survey) -> TicketFact:
    return SurveyCommentAdded(
        ticket_id=survey.ticket_id, by_id=survey.requester_id, survey_id=survey.id
    )


def _record(fact: TicketFact) -> None:
    record(fact, actor=AuthorKind.REQUESTER)
