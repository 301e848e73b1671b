"""A slot that a room above fills: whether a requester still wants mail about what was solved."""

from collections.abc import Callable

from flask import Flask, current_app

from app.tickets.ticket import Ticket

Consent = Callable[[Ticket], str | None]
"""The address by which the requester of a ticket stops such mails; None when they have."""


def init_app(app: Flask, consent: Consent) -> None:
    """Install what wiring names."""
    app.extensions["survey_consent"] = consent


def stop_url(ticket: Ticket) -> str | None:
    """What the slot says.  The ticket comes with its requester."""
    consent: Consent = current_app.extensions["survey_consent"]
    return consent(ticket)
