"""Mentions: where colleagues called, and whom one could call."""

from flask import Response
from flask_login import current_user

from app.accounts import people
from app.accounts.permissions import Permission
from app.core.web import arguments
from app.core.web.responses import moved_to, page, say
from app.tickets import queries
from app.tickets.mentions import mentioning
from app.tickets.mentions.queries import mentions_of

MOST_PROPOSED = 8


def list_mentions() -> Response:
    """The notes that call this person."""
    return page(
        "tickets/mentions/list.html",
        mentions=mentions_of(current_user),
        counts=queries.inbox_counts(current_user),
    )


def read_mention(id: int) -> Response:
    """This one is seen to."""
    mentioning.read_one(message_id=id, by=current_user)
    return moved_to("tickets.list_mentions")


def read_mentions() -> Response:
    """All of them are."""
    mentioning.read_all(by=current_user)
    say("All read.")
    return moved_to("tickets.list_mentions")


def propose_people() -> Response:
    """Colleagues one of whose names begins with what is being typed."""
    asked = arguments.text("q", longest=60).casefold()
    found = [
        name
        for key, name in people.names_with(Permission.TICKETS_READ).items()
        if key != current_user.id and f" {name}".casefold().find(f" {asked}") >= 0
    ]
    return page("tickets/mentions/_proposals.html", names=found[:MOST_PROPOSED])
