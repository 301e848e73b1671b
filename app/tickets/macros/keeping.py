"""Keeping macros: adding, changing and deleting them."""

from app.accounts.user import User
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.uow import verb
from app.core.web.page_cache import bump
from app.tickets.canned.keeping import checked_text
from app.tickets.macros.macro import Changes, Macro, Says
from app.tickets.shelf import STAMP, Shelf, insist_on_change, normal_title, put


@verb
def keep(
    *,
    title: str,
    changes: Changes,
    says: Says,
    text: str,
    shelf: Shelf,
    team_id: int | None,
    by: User,
) -> Macro:
    """A new one.  Raises InvalidInput (fields `title`, `text`, `status`, `shelf`, `team`)."""
    macro = Macro()
    _fill(macro, title=title, changes=changes, says=says, text=text)
    put(macro, shelf, team_id=team_id, by=by)
    db.session.add(macro)
    db.session.flush()  # whoever made it goes to its page
    bump(STAMP)
    return macro


@verb
def change(
    macro: Macro,
    *,
    title: str,
    changes: Changes,
    says: Says,
    text: str,
    shelf: Shelf,
    team_id: int | None,
    by: User,
) -> None:
    """Let it do something else, or lay it elsewhere.  Raises InvalidInput and NotAllowed."""
    insist_on_change(macro, by=by)
    _fill(macro, title=title, changes=changes, says=says, text=text)
    put(macro, shelf, team_id=team_id, by=by)
    bump(STAMP)


@verb
def delete(macro: Macro, *, by: User) -> None:
    """Throw it away.  Raises NotAllowed."""
    insist_on_change(macro, by=by)
    db.session.delete(macro)
    bump(STAMP)


def _fill(macro: Macro, *, title: str, changes: Changes, says: Says, text: str) -> None:
    if not changes and says is Says.NOTHING:
        raise InvalidInput(
            "A macro does something: change a field, or write a text.", field="status"
        )
    macro.title, macro.stored, macro.says = normal_title(title), changes.as_json(), says
    macro.text = "" if says is Says.NOTHING else checked_text(text)
