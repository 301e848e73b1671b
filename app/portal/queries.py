"""Reading for the palette: everything that somebody may jump to, by a few letters of its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.accounts import people
from app.accounts.audiences import audiences_of
from app.accounts.permissions import Permission
from app.accounts.user import User
from app.core.errors import NotFound
from app.search.query import find
from app.tickets import access
from app.tickets.inbox.saving_views import views_of

FEW = 5
LARGEST_NUMBER = 2**31 - 1

PLACES: tuple[tuple[str, str, str, dict[str, Any], Permission], ...] = (
    ("Assigned to me", "inbox", "tickets.show_inbox", {"view": "mine"}, Permission.TICKETS_READ),
    ("Unassigned", "inbox", "tickets.show_inbox", {"view": "unassigned"}, Permission.TICKETS_READ),
    ("Open", "inbox", "tickets.show_inbox", {"view": "open"}, Permission.TICKETS_READ),
    ("Waiting", "inbox", "tickets.show_inbox", {"view": "waiting"}, Permission.TICKETS_READ),
    ("Snoozed", "inbox", "tickets.show_inbox", {"view": "snoozed"}, Permission.TICKETS_READ),
    ("Solved", "inbox", "tickets.show_inbox", {"view": "resolved"}, Permission.TICKETS_READ),
    ("Mentions", "at-sign", "tickets.list_mentions", {}, Permission.TICKETS_NOTE),
    ("Mail to check", "shield-alert", "tickets.list_claims", {}, Permission.TICKETS_READ),
    ("Drafts", "file-pen-line", "tickets.list_drafts", {}, Permission.TICKETS_NOTE),
    ("New ticket", "plus", "tickets.new_ticket", {}, Permission.TICKETS_OPEN),
    ("New ticket for a customer", "plus", "tickets.new_filing", {}, Permission.TICKETS_REPLY),
    ("People", "users-round", "contacts.list_people", {}, Permission.TICKETS_READ),
    ("Organisations", "building-2", "contacts.list_organisations", {}, Permission.TICKETS_READ),
    (
        "Canned replies", "message-square-quote", "tickets.list_canned", {}, Permission.TICKETS_NOTE,
    ),
    ("Macros", "workflow", "tickets.list_macros", {}, Permission.TICKETS_TRIAGE),
    ("Articles", "book-open", "portal.show_home", {}, Permission.ARTICLES_READ),
    (
        "Files and articles", "file-text", "content.show_content", {},
        Permission.ARTICLES_READ_INTERNAL,
    ),
    ("Quality of articles", "list-checks", "content.show_quality", {}, Permission.ARTICLES_DRAFT),
    ("Community", "messages-square", "community.list_questions", {}, Permission.COMMUNITY_READ),
    ("Metrics", "chart-line", "metrics.show_metrics", {}, Permission.METRICS_READ),
    ("People who work here", "users-round", "ops.list_people", {}, Permission.PEOPLE_MANAGE),
    ("Teams", "building-2", "ops.list_teams", {}, Permission.PEOPLE_MANAGE),
    ("Account", "settings", "accounts.show_account", {}, Permission.ACCOUNT_OWN),
)  # fmt: skip
"""Where one can always go: its name, its picture, its address, and what it needs."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to jump to; `hint` stands beside its name, faintly."""

    name: str
    picture: str
    url: str
    hint: str = ""


def goals(text: str, user: User) -> dict[str, list[Goal]]:
    """What the person may jump to, by the heads of its groups; empty groups are left out.

    A number, with or without #, is that ticket; @ looks for people alone.
    """
    if text.startswith("@"):
        groups = {"People": _people(text[1:].strip(), user)}
    else:
        groups = {
            "Tickets": _tickets(text, user),
            "Views and pages": _places(text, user),
            "People": _people(text, user),
            "Articles": _found(text, user, "article", "book-open"),
            "Questions": _found(text, user, "question", "messages-square"),
        }
    made = {head: list(each) for head, each in groups.items()}
    return {head: each for head, each in made.items() if each}


def _places(text: str, user: User) -> Iterator[Goal]:
    wanted = text.casefold()
    for name, picture, endpoint, values, needed in PLACES:
        if wanted in name.casefold() and user.may(needed):
            yield Goal(name, picture, url_for(endpoint, **values))
    if user.may(Permission.TICKETS_READ):
        for view in views_of(user):
            if wanted in view.name.casefold():
                url = url_for("tickets.show_inbox", saved=view.id)
                yield Goal(view.name, "bookmark", url, "Saved view")


def _tickets(text: str, user: User) -> Iterator[Goal]:
    number = text.removeprefix("#").strip()
    if number.isascii() and number.isdigit() and int(number) <= LARGEST_NUMBER:
        try:
            ticket = access.ticket_or_404(int(number), user)
        except NotFound:
            return
        url = url_for("tickets.show_ticket", number=ticket.number)
        yield Goal(ticket.subject, "ticket", url, str(ticket.number))
        return
    yield from _found(text, user, "ticket", "ticket")


def _found(text: str, user: User, kind: str, picture: str) -> Iterator[Goal]:
    found = find(text, viewer=user, audiences=audiences_of(user), kinds=(kind,), per_page=FEW)
    for hit in found.items:
        name = hit.title.striptags()
        yield Goal(name, picture, hit.url, hit.facts[0] if hit.facts else "")


def _people(text: str, user: User) -> Iterator[Goal]:
    """People whose name or address begins with the text: two index ranges, whatever their number."""
    if not (text and user.may(Permission.TICKETS_READ)):
        return
    for row in people.beginning_with(text, most=FEW):
        yield Goal(row.name, "user-round", url_for("contacts.show_person", id=row.id), row.email)
