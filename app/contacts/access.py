"""Finding a person, or a note about them; whoever enters this room may see all of them."""

from app.accounts.person_note import PersonNote
from app.accounts.user import User
from app.core.db import db
from app.core.errors import NotFound


def person_or_404(person_id: int) -> User:
    """The person.  Raises NotFound."""
    person = db.session.get(User, person_id)
    if person is None:
        raise NotFound("There is no such person here.")
    return person


def note_or_404(person: User, note_id: int) -> PersonNote:
    """A note about this person.  Raises NotFound."""
    note = db.session.get(PersonNote, note_id)
    if note is None or note.person_id != person.id:
        raise NotFound("There is no such note here any more.")
    return note
