"""Keeping canned replies: adding, changing and deleting them."""

from app.accounts.user import User
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.uow import verb
from app.core.web.page_cache import bump
from app.core.written import LONGEST_TEXT, TOO_LONG
from app.tickets.canned.canned_reply import CannedReply
from app.tickets.canned.placeholders import fault_in
from app.tickets.shelf import STAMP, Shelf, insist_on_change, normal_title, put


@verb
def keep(*, title: str, text: str, shelf: Shelf, team_id: int | None, by: User) -> CannedReply:
    """A new one.  Raises InvalidInput (fields `title`, `text`, `shelf`, `team`)."""
    reply = CannedReply(title=normal_title(title), text=checked_text(text))
    put(reply, shelf, team_id=team_id, by=by)
    db.session.add(reply)
    db.session.flush()  # whoever made it goes to its page
    bump(STAMP)
    return reply


@verb
def change(
    reply: CannedReply, *, title: str, text: str, shelf: Shelf, team_id: int | None, by: User
) -> None:
    """Say it otherwise, or lay it elsewhere.  Raises InvalidInput and NotAllowed."""
    insist_on_change(reply, by=by)
    reply.title, reply.text = normal_title(title), checked_text(text)
    put(reply, shelf, team_id=team_id, by=by)
    bump(STAMP)


@verb
def delete(reply: CannedReply, *, by: User) -> None:
    """Throw it away.  Raises NotAllowed."""
    insist_on_change(reply, by=by)
    db.session.delete(reply)
    bump(STAMP)


def checked_text(text: str) -> str:
    """The text without blanks around it.  Raises InvalidInput (field `text`), naming the place of a fault."""
    text = text.strip()
    if not text:
        raise InvalidInput("Write what it says.", field="text")
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(TOO_LONG, field="text")
    if fault := fault_in(text):
        raise InvalidInput(fault, field="text")
    return text
