"""Announcing what happened: to whoever listens, and to the kept pages that show it."""

from app.community.events import CommunityFact
from app.core import events
from app.core.web.page_cache import bump

STAMP = "community"
"""What public pages depend on that show questions, answers or votes."""


def announce(fact: CommunityFact) -> None:
    """Tell everybody who listens, and make public pages with questions on them afresh."""
    events.publish(fact)
    bump(STAMP)
