"""Making organisations, saying who belongs to them and whether their people read each other's tickets."""

from sqlalchemy import Integer, bindparam, func, select

from app.accounts import auditing, people
from app.accounts.auditing import Action
from app.accounts.events import OrganisationChanged
from app.accounts.organisation import LONGEST_NAME, Organisation
from app.accounts.permissions import Permission
from app.accounts.user import User
from app.core import events
from app.core.db import db
from app.core.errors import InvalidInput, NotAllowed, NotFound
from app.core.uow import verb
from app.core.web.page_cache import bump
from app.core.web.remembering import remembered

_BY_ID = select(Organisation.name, Organisation.open).where(
    Organisation.id == bindparam("id", type_=Integer)
)


def organisation_or_404(organisation_id: int) -> Organisation:
    """The organisation.  Raises NotFound."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound("There is no such organisation here any more.")
    return organisation


def shared_name(user: User) -> str:
    """The name of this person's organisation if its people read each other's tickets, else nothing."""
    if user.organisation_id is None:
        return ""

    def read() -> str:
        found = db.session.execute(_BY_ID, {"id": user.organisation_id}).first()
        return found.name if found and found.open else ""

    return remembered(people.STAMP, ("shared organisation", user.organisation_id), read)


@verb
def make_organisation(*, name: str, by: User | None) -> Organisation:
    """A new one with nobody in it.  Raises NotAllowed, and InvalidInput (field `name`)."""
    _insist(by)
    organisation = Organisation(name=_free_name(name))
    db.session.add(organisation)
    db.session.flush()  # its page has its id in the address
    if by is not None:
        auditing.note(Action.ORGANISATION_MADE, about=by, by=by, organisation=organisation.name)
    bump(people.STAMP)
    return organisation


@verb
def rename_organisation(organisation: Organisation, *, name: str, by: User | None) -> None:
    """Call it by another name.  Raises NotAllowed, and InvalidInput (field `name`)."""
    _insist(by)
    if name != organisation.name:
        organisation.name = _free_name(name, besides=organisation)
        bump(people.STAMP)


@verb
def open_up(organisation: Organisation, *, by: User | None) -> None:
    """Let its people read each other's tickets.  Raises NotAllowed."""
    _set_open(organisation, Action.ORGANISATION_OPENED, opened=True, by=by)


@verb
def close_off(organisation: Organisation, *, by: User | None) -> None:
    """Let everybody of it read their own tickets only.  Raises NotAllowed."""
    _set_open(organisation, Action.ORGANISATION_CLOSED, opened=False, by=by)


@verb
def join(person: User, organisation: Organisation, *, by: User | None) -> None:
    """Make somebody belong to it, and to no other.  Raises NotAllowed."""
    _insist(by)
    if person.organisation_id != organisation.id:
        _note_leaving(person, by)
        person.organisation_id = organisation.id
        auditing.note(
            Action.ORGANISATION_JOINED, about=person, by=by, organisation=organisation.name
        )
        _announce(person)


@verb
def leave(person: User, *, by: User | None) -> None:
    """Make somebody belong to no organisation.  Raises NotAllowed."""
    _insist(by)
    if person.organisation_id is not None:
        _note_leaving(person, by)
        person.organisation_id = None
        _announce(person)


def _note_leaving(person: User, by: User | None) -> None:
    if person.organisation_id is not None:
        before = organisation_or_404(person.organisation_id)
        auditing.note(Action.ORGANISATION_LEFT, about=person, by=by, organisation=before.name)


def _announce(person: User) -> None:
    events.publish(OrganisationChanged(person_id=person.id))
    bump(people.STAMP)


def _set_open(organisation: Organisation, action: Action, *, opened: bool, by: User | None) -> None:
    _insist(by)
    if organisation.open is opened:
        return
    organisation.open = opened
    of_it = select(User).where(User.organisation_id == organisation.id)
    for member in db.session.scalars(of_it.order_by(User.id)):
        auditing.note(action, about=member, by=by, organisation=organisation.name)
    bump(people.STAMP)


def _insist(by: User | None) -> None:
    if by is not None and not by.may(Permission.CONTACTS_MANAGE):
        raise NotAllowed("Only people who answer tickets look after organisations.")


def _free_name(name: str, *, besides: Organisation | None = None) -> str:
    name = " ".join(name.split())
    if not name.isprintable() or not 1 <= len(name) <= LONGEST_NAME:
        raise InvalidInput(f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    same = select(Organisation.id).where(func.lower(Organisation.name) == name.lower())
    taken = db.session.scalar(same.where(Organisation.id != besides.id) if besides else same)
    if taken is not None:
        raise InvalidInput("There is an organisation of that name already.", field="name")
    return name
