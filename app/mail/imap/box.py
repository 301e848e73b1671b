"""A mailbox as those who fetch from it need it: plain values, so that no transaction is open meanwhile."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from app.core.db import db
from app.mail.delivery import Addressee
from app.mail.mailbox import Auth, Mailbox, Security


@dataclass(frozen=True)
class Box:
    """Where the mail lies and where it goes.  Two that are equal need no new connection."""

    id: int
    group: str
    host: str
    port: int
    security: Security
    auth: Auth
    username: str
    secret: str = field(repr=False)
    oauth_token_url: str
    oauth_client_id: str
    oauth_scope: str
    folder: str
    done_folder: str
    trouble_folder: str
    since: datetime | None

    @property
    def addressee(self) -> Addressee:
        """Whom its mail is for."""
        return Addressee(self.id, self.group)


def box_of(mailbox: Mailbox) -> Box:
    """The same as plain values."""
    return Box(
        id=mailbox.id,
        group=mailbox.group,
        host=mailbox.host,
        port=mailbox.port,
        security=mailbox.security,
        auth=mailbox.auth,
        username=mailbox.username,
        secret=mailbox.secret,
        oauth_token_url=mailbox.oauth_token_url,
        oauth_client_id=mailbox.oauth_client_id,
        oauth_scope=mailbox.oauth_scope,
        folder=mailbox.folder,
        done_folder=mailbox.done_folder,
        trouble_folder=mailbox.trouble_folder,
        since=mailbox.since,
    )


def boxes() -> list[Box]:
    """Every mailbox that is to be fetched from."""
    found = db.session.scalars(select(Mailbox).where(IS_FETCHED).order_by(Mailbox.id))
    return [box_of(mailbox) for mailbox in found]


IS_FETCHED: ColumnElement[bool] = and_(Mailbox.active, Mailbox.host != "")
