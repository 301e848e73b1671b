"""Metrics: summaries as plain JSON values and back, for the cache of summaries.

A list, not an object with names: a page unpacks one for every ticket of its period, and names would
be most of what it reads.
"""

from datetime import datetime
from typing import Any

from app.metrics.summary import Answer, Hidden, Resolution, Spell, Survey, TicketSummary

Packed = list[Any]

_FLAGS = ("contact_after_reply", "spam", "deleted", "internal", "times_trusted", "agent_initiated")


def pack(ticket: TicketSummary) -> Packed:
    """The summary in JSON-plain values; instants as ISO 8601 text, the flags as bits."""
    return [
        ticket.ticket_id,
        ticket.requester_id,
        ticket.follow_up_of,
        ticket.category,
        sum(getattr(ticket, flag) << bit for bit, flag in enumerate(_FLAGS)),
        _text(ticket.created_at),
        [_text(at) for at in ticket.replies],
        [[_text(each.at), _text(each.reopened_at)] for each in ticket.resolutions],
        [_text(at) for at in ticket.reopens],
        [[_text(each.start_at), _text(each.end_at), each.hidden] for each in ticket.spells],
        [_pack_survey(survey) for survey in ticket.surveys],
        [_text(at) for at in ticket.suppressed_surveys],
    ]


def unpack(packed: Packed) -> TicketSummary:
    """The summary that `pack` was given."""
    (
        ticket_id, requester_id, follow_up_of, category, flags,
        created_at, replies, resolutions, reopens, spells, surveys, suppressed_surveys,
    ) = packed  # fmt: skip
    return TicketSummary(
        ticket_id=ticket_id,
        requester_id=requester_id,
        follow_up_of=follow_up_of,
        category=category,
        created_at=_instant(created_at),
        replies=tuple(map(_instant, replies)),
        resolutions=tuple(
            Resolution(_instant(at), reopened_at and _instant(reopened_at))
            for at, reopened_at in resolutions
        ),
        reopens=tuple(map(_instant, reopens)),
        spells=tuple(
            Spell(_instant(start_at), end_at and _instant(end_at), hidden and Hidden(hidden))
            for start_at, end_at, hidden in spells
        ),
        surveys=tuple(_unpack_survey(*survey) for survey in surveys),
        suppressed_surveys=tuple(map(_instant, suppressed_surveys)),
        **{flag: bool(flags >> bit & 1) for bit, flag in enumerate(_FLAGS)},
    )


def _pack_survey(survey: Survey) -> Packed:
    answers = [[_text(answer.at), answer.rating] for answer in survey.answers]
    return [survey.survey_id, _text(survey.sent_at), answers]


def _unpack_survey(survey_id: int, sent_at: str, answers: list[tuple[str, int]]) -> Survey:
    given = tuple(Answer(_instant(at), rating) for at, rating in answers)
    return Survey(survey_id, _instant(sent_at), given)


_instant = datetime.fromisoformat


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
