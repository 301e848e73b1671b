"""Noting what is good to know about a person; staff alone read it."""

from app.accounts import auditing
from app.accounts.auditing import Action
from app.accounts.permissions import Permission
from app.accounts.person_note import PersonNote
from app.accounts.user import User
from app.core.db import db
from app.core.errors import NotAllowed
from app.core.uow import verb
from app.core.written import Written, written


def add_person_note(person: User, *, text: str, by: User) -> PersonNote:
    """Keep a note about somebody.  Raises NotAllowed, and InvalidInput (field `text`)."""
    return _add(person, written(text), by=by)


@verb
def remove_person_note(note: PersonNote, person: User, *, by: User) -> None:
    """Throw a note away; that it was there is kept.  Raises NotAllowed."""
    _insist(by)
    auditing.note(Action.NOTE_REMOVED, about=person, by=by)
    db.session.delete(note)


@verb
def _add(person: User, said: Written, *, by: User) -> PersonNote:
    _insist(by)
    note = PersonNote(
        person_id=person.id,
        author_id=by.id,
        text=said.text,
        html=said.html,
        renderer_version=said.renderer_version,
    )
    db.session.add(note)
    return note


def _insist(by: User) -> None:
    if not by.may(Permission.CONTACTS_MANAGE):
        raise NotAllowed("Only people who answer tickets write notes about others.")
