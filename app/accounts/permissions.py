"""Roles and permissions, as `permissions.toml` says."""

import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path


class Role(StrEnum):
    """What a person is to this desk."""

    VISITOR = "visitor"
    LINK = "link"
    USER = "user"
    MODERATOR = "moderator"
    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"


class Permission(StrEnum):
    """What somebody may do."""

    ARTICLES_READ = "articles.read"
    ARTICLES_READ_INTERNAL = "articles.read_internal"
    ARTICLES_DRAFT = "articles.draft"
    ARTICLES_WRITE = "articles.write"
    COMMUNITY_READ = "community.read"
    COMMUNITY_ASK = "community.ask"
    COMMUNITY_ANSWER = "community.answer"
    COMMUNITY_VOTE = "community.vote"
    COMMUNITY_MODERATE = "community.moderate"
    SEARCH = "search"
    TICKETS_OPEN = "tickets.open"
    TICKETS_FOLLOW = "tickets.follow"
    TICKETS_OWN = "tickets.own"
    TICKETS_READ = "tickets.read"
    TICKETS_REPLY = "tickets.reply"
    TICKETS_NOTE = "tickets.note"
    TICKETS_TRIAGE = "tickets.triage"
    TICKETS_RESOLVE = "tickets.resolve"
    TICKETS_SHARE = "tickets.share"
    CONTACTS_MANAGE = "contacts.manage"
    METRICS_READ = "metrics.read"
    PEOPLE_MANAGE = "people.manage"
    MAIL_READ = "mail.read"
    MAIL_MANAGE = "mail.manage"
    JOBS_MANAGE = "jobs.manage"
    CALENDARS_MANAGE = "calendars.manage"
    ACCOUNT_OWN = "account.own"


STORED_ROLES = (Role.MODERATOR, Role.AGENT, Role.LEAD, Role.ADMIN)


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that these roles together may do."""
    return _together(frozenset(roles))


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that hold a permission."""
    return frozenset(role for role, granted in _granted().items() if permission in granted)


@cache
def _together(roles: frozenset[Role]) -> frozenset[Permission]:
    return frozenset[Permission]().union(*(_granted()[role] for role in roles))


@cache
def _granted() -> dict[Role, frozenset[Permission]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

    def held(name: str) -> frozenset[Permission]:
        own = frozenset(Permission(each) for each in table[name].get("permissions", ()))
        return own.union(*(held(each) for each in table[name].get("includes", ())))

    return {role: held(role.value) for role in Role}
