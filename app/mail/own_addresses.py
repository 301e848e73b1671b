"""Which addresses are the desk's own: nobody's who writes to it."""

from collections.abc import Iterable

from sqlalchemy import select

from app.core.db import db
from app.core.settings import settings
from app.mail.mailbox import Mailbox


def without_own(addresses: Iterable[str]) -> list[str]:
    """These addresses, each once, without the desk's, also as `name+anything@`; one statement."""
    own = {_base(each) for each in db.session.scalars(select(Mailbox.address))}
    own.add(_base(settings().mail_from))
    return [each for each in dict.fromkeys(addresses) if _base(each) not in own]


def is_own(address: str) -> bool:
    """Whether it is one of the desk's."""
    return not without_own([address])


def _base(address: str) -> str:
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
