"""The stories as one chronicle: what happens when, over everybody, up to the end of the last day.  Pure."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.ops.demo import rhythm, stories
from app.ops.demo.stories import AnswerStory, QuestionStory, Someone, Step, TicketStory


@dataclass(frozen=True)
class Joined:
    """Somebody got an account."""

    who: Someone


@dataclass(frozen=True)
class Opened:
    """A ticket came in; `story` is its place among the tickets."""

    story: int
    ticket: TicketStory


@dataclass(frozen=True)
class Stepped:
    """Somebody did something to it."""

    story: int
    step: Step


@dataclass(frozen=True)
class Settled:
    """The night's work: what was solved a week ago is closed."""


@dataclass(frozen=True)
class Asked:
    """A question was asked; `story` is its place among the questions."""

    story: int
    question: QuestionStory


@dataclass(frozen=True)
class Answered:
    """It was answered; `place` counts its answers."""

    story: int
    place: int
    answer: AnswerStory


@dataclass(frozen=True)
class Accepted:
    """The asker took an answer."""

    story: int
    place: int


@dataclass(frozen=True)
class Voted:
    """Somebody voted on an answer, or on the question where `place` is None."""

    story: int
    place: int | None
    by: str
    up: bool


Act = Joined | Opened | Stepped | Settled | Asked | Answered | Accepted | Voted


@dataclass(frozen=True)
class Moment:
    """An act and its instant."""

    at: datetime
    act: Act


def chronicle(*, last: date, zone: ZoneInfo) -> list[Moment]:
    """Every act until the end of the day `last`, in the order of time."""
    days = rhythm.days_until(last)
    moments = [
        *_arrivals(days[0], zone),
        *(Moment(rhythm.on(day, "03:05", zone=zone), Settled()) for day in days),
        *_tickets(days, zone),
        *_questions(days, zone),
    ]
    end = rhythm.on(last + timedelta(days=1), "00:00", zone=zone)
    return sorted((each for each in moments if each.at < end), key=lambda each: each.at)


def _arrivals(first: date, zone: ZoneInfo) -> Iterator[Moment]:
    people = stories.people()
    for place, who in enumerate(people):
        day = first - timedelta(days=2 * (len(people) - place))
        yield Moment(_inexact(rhythm.on(day, "09:30", zone=zone), who.key), Joined(who))


def _tickets(days: Sequence[date], zone: ZoneInfo) -> Iterator[Moment]:
    told = stories.tickets()
    for story, (ticket, day) in enumerate(
        zip(told, rhythm.spread(len(told), over=days), strict=True)
    ):
        at = _inexact(rhythm.on(day, ticket.at, zone=zone), ticket.subject)
        yield Moment(at, Opened(story, ticket))
        for step in _tagged_at_first_touch(ticket):
            at = at + rhythm.hours(step.later) if step.later else rhythm.after(at, step.after)
            at = _inexact(at, ticket.subject)
            yield Moment(at, Stepped(story, step))


def _tagged_at_first_touch(ticket: TicketStory) -> Iterator[Step]:
    tags = ticket.tags
    for step in ticket.steps:
        if step.by and tags:
            step, tags = replace(step, tags=(*tags, *step.tags)), ()
        yield step


def _questions(days: Sequence[date], zone: ZoneInfo) -> Iterator[Moment]:
    told = stories.questions()
    for story, (question, day) in enumerate(
        zip(told, rhythm.spread(len(told), over=days), strict=True)
    ):
        asked_at = _inexact(rhythm.on(day, question.at, zone=zone), question.title)
        yield Moment(asked_at, Asked(story, question))
        yield from _votes(asked_at, story, None, question.up, ())
        for place, answer in enumerate(question.answers):
            at = _inexact(rhythm.after(asked_at, answer.after), answer.text)
            yield Moment(at, Answered(story, place, answer))
            yield from _votes(at, story, place, answer.up, answer.down)
            if answer.accepted:
                yield Moment(rhythm.after(at, answer.accepted), Accepted(story, place))


def _votes(
    at: datetime, story: int, place: int | None, up: Sequence[str], down: Sequence[str]
) -> Iterator[Moment]:
    for who in (*up, *down):
        chance = random.Random(f"{story} {place} {who}")  # noqa: S311 - the same in every run
        when = rhythm.after(at, f"{chance.randint(8, 1500)}m")
        yield Moment(_inexact(when, who), Voted(story, place, who, up=who in up))


def _inexact(at: datetime, seed: str) -> datetime:
    """Up to a minute later, as people do not act on the full minute."""
    chance = random.Random(f"{at:%H%M%S} {seed}")  # noqa: S311 - the same in every run
    return at + timedelta(milliseconds=chance.randint(400, 59_600))
