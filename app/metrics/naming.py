"""Metrics: what teams and people are called."""

from collections.abc import Mapping

from app.accounts.people import names_with
from app.accounts.permissions import Permission
from app.accounts.teams import team_names
from app.metrics.filtering import Key


def names_of(key: Key) -> Mapping[int, str]:
    """Names by number: of teams, or of those who answer tickets."""
    return team_names() if key is Key.TEAM else names_with(Permission.TICKETS_REPLY)
