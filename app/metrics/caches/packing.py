"""Metrics: summaries as plain JSON values and back, for the cache of summaries.

A list, not an object with names: names would be most of what is read.
"""

from datetime import datetime
from typing import Any

from app.metrics.histories.summary import (
    Answer,
    Fields,
    Hidden,
    Reply,
    Stage,
    Survey,
    TicketSummary,
    Turn,
)

Packed = list[Any]

_FLAGS = ("spam", "deleted", "internal", "times_trusted", "agent_initiated")


def pack(ticket: TicketSummary) -> Packed:
    """The summary in JSON-plain values; instants as ISO 8601 text, the flags as bits."""
    return [
        ticket.ticket_id,
        ticket.requester_id,
        ticket.follow_up_of,
        ticket.merged_into,
        sum(getattr(ticket, flag) << bit for bit, flag in enumerate(_FLAGS)),
        _text(ticket.t0),
        _text(ticket.created_at),
        [[_text(each.at), each.agent_id] for each in ticket.replies],
        [
            [_text(each.start_at), _text(each.ended_at), each.answered, each.agent_id]
            for each in ticket.turns
        ],
        [[_text(each.at), each.category, each.hidden] for each in ticket.stages],
        [[_text(at), *fields[:-1], list(fields.tags)] for at, fields in ticket.fields],
        [_text(at) for at in ticket.reassigned_at],
        [_pack_survey(survey) for survey in ticket.surveys],
        [_text(at) for at in ticket.suppressed_surveys],
        [_text(at) for at in ticket.followed_up_at],
        [[_text(at), id] for at, id in ticket.calendars],
    ]


def unpack(packed: Packed) -> TicketSummary:
    """The summary that `pack` was given."""
    (
        ticket_id, requester_id, follow_up_of, merged_into, flags, t0, created_at, replies, turns,
        stages, fields, reassigned, surveys, suppressed, followed_up, calendars,
    ) = packed  # fmt: skip
    return TicketSummary(
        ticket_id=ticket_id,
        requester_id=requester_id,
        follow_up_of=follow_up_of,
        merged_into=merged_into,
        t0=_instant(t0),
        created_at=_instant(created_at),
        replies=tuple(Reply(_instant(at), agent_id) for at, agent_id in replies),
        turns=tuple(
            Turn(_instant(start_at), ended_at and _instant(ended_at), answered, agent_id)
            for start_at, ended_at, answered, agent_id in turns
        ),
        stages=tuple(
            Stage(_instant(at), category, hidden and Hidden(hidden))
            for at, category, hidden in stages
        ),
        fields=tuple(
            (_instant(at), Fields._make([*said, tuple(tags)])) for at, *said, tags in fields
        ),
        reassigned_at=tuple(map(_instant, reassigned)),
        surveys=tuple(_unpack_survey(*survey) for survey in surveys),
        suppressed_surveys=tuple(map(_instant, suppressed)),
        followed_up_at=tuple(map(_instant, followed_up)),
        calendars=tuple((_instant(at), id) for at, id in calendars),
        **{flag: bool(flags >> bit & 1) for bit, flag in enumerate(_FLAGS)},
    )


def _pack_survey(survey: Survey) -> Packed:
    answers = [[_text(answer.at), answer.rating] for answer in survey.answers]
    return [survey.survey_id, _text(survey.sent_at), survey.agent_id, answers]


def _unpack_survey(
    survey_id: int, sent_at: str, agent_id: int | None, answers: list[tuple[str, int]]
) -> Survey:
    given = tuple(Answer(_instant(at), rating) for at, rating in answers)
    return Survey(survey_id, _instant(sent_at), agent_id, given)


_instant = datetime.fromisoformat


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
