"""Metrics: a saved question as an address of the metrics page."""

from typing import Any

from app.metrics.definitions.metric import Hours
from app.metrics.filtering import Key
from app.metrics.forms import PRESETS, PeriodForm
from app.metrics.saved.question import Question, Wanted


def page_arguments(question: Question, wanted: Wanted) -> dict[str, Any] | None:
    """The arguments that make the metrics page show the same cases; None where it cannot ask for them."""
    made: dict[str, Any] = {}
    known = PeriodForm(formdata=None)
    for condition in question.conditions:
        name, _, text = condition.partition("=")
        if name in made or name not in known:
            return None
        made[name] = text
    if question.moving in [*PRESETS]:
        made["last"] = question.moving
    else:
        days = wanted.asked.days
        made |= {"from": days.start_on, "to": days.end_on}
    if wanted.asked.as_of_on:
        made["as_of"] = wanted.asked.as_of_on
    if question.hours is Hours.BUSINESS:
        made["hours"] = question.hours.value
    if question.by in (Key.AGENT, Key.TEAM):
        made["by"] = question.by
    return made
