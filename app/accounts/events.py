"""The facts that this room announces."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Event):
    """Somebody belongs to another organisation, or to none any more."""

    person_id: int
