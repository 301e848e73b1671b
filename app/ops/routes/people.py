"""The list of people, and inviting."""

from typing import Any

from flask import Response
from flask_login import current_user

from app.accounts import inviting
from app.accounts.permissions import STORED_ROLES, Permission, roles_with
from app.core.errors import Conflict, InvalidInput
from app.core.web import arguments
from app.core.web.responses import invalid, moved_to, page, say
from app.ops.forms import InvitationForm
from app.ops.queries import people
from app.ops.queries.people import Group

ABILITIES = {
    "Answer tickets": Permission.TICKETS_REPLY,
    "Read all tickets and internal notes": Permission.TICKETS_READ,
    "Write drafts and propose changes to articles": Permission.ARTICLES_DRAFT,
    "Publish articles": Permission.ARTICLES_WRITE,
    "See metrics": Permission.METRICS_READ,
    "Moderate the community": Permission.COMMUNITY_MODERATE,
    "Manage people and their roles": Permission.PEOPLE_MANAGE,
    "Look into mail": Permission.MAIL_READ,
    "Change mailboxes": Permission.MAIL_MANAGE,
    "Look after jobs": Permission.JOBS_MANAGE,
    "Set business hours": Permission.CALENDARS_MANAGE,
}


def show_admin() -> Response:
    """The first page behind the word Admin."""
    return moved_to("ops.list_people")


def list_people() -> Response:
    """A page of one group."""
    return page("ops/people.html", form=InvitationForm(formdata=None), **_list())


def invite_person() -> Response:
    """Let somebody in, with roles."""
    form = InvitationForm()
    if form.validate():
        try:
            person = inviting.invite(
                email=form.email.data,
                name=form.name.data or "",
                roles=form.roles.data,
                by=current_user,
            )
            say(f"{person.name} gets an email.")
            return moved_to("ops.show_person", id=person.id)
        except InvalidInput as fault:
            form.refuse(fault)
        except Conflict as fault:
            form.refuse(InvalidInput(fault.message, field="email"))
    return invalid("ops/people.html", form=form, **_list())


def _list() -> dict[str, Any]:
    group = arguments.choice("group", Group.STAFF)
    text = arguments.text("q", longest=100)
    return {
        "group": group,
        "text": text,
        "rows": people.people(group, text=text, after=arguments.text("after", longest=400)),
        "counts": people.counts(),
        "stored_roles": STORED_ROLES,
        "abilities": {words: roles_with(needed) for words, needed in ABILITIES.items()},
    }
