"""Having the links to the web looked at, when somebody wants to know."""

from app.accounts.user import User
from app.articles.quality.outward.checking import under_way
from app.articles.quality.outward.jobs import look_at_links
from app.articles.quality.outward.web_link import LinkCheck
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidTransition
from app.core.uow import verb


@verb
def ask_for_check(*, by: User) -> None:
    """Have all links to the web looked at.  Raises InvalidTransition while that is being done."""
    if under_way() is not None:
        raise InvalidTransition("The links are being looked at already.")
    check = LinkCheck(asked_by_id=by.id, asked_at=clock.now(), done=0)
    db.session.add(check)
    db.session.flush()  # the job names it by its id
    look_at_links.later(check_id=check.id, _key="web links")
