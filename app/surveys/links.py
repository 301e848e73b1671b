"""The signed link by which a requester rates: good for one resolution of one ticket."""

from app.core import tokens
from app.core.web.addresses import absolute

PURPOSE = "rate"
LASTS_S = 365 * tokens.DAY_S
"""Longer than the survey is open, so that whoever comes late is told so."""


def rating_url(ticket_id: int, episode: int, *, rating: int) -> str:
    """The page of the survey with this choice made."""
    token = tokens.sign(PURPOSE, {"ticket": ticket_id, "episode": episode})
    return absolute("surveys.show_rating", token=token, rating=rating)
