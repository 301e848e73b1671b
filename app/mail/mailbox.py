"""A mailbox: an address of the desk, where its mail is fetched, and how mail from it looks."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.dialects.postgresql import JSONB

from app.core.db import (
    CreatedAt,
    Id,
    Line,
    LongText,
    Mapped,
    Model,
    Short,
    enum_text,
    mapped_column,
)

MISSING = JSON().with_variant(JSONB(), "postgresql")


class Security(StrEnum):
    """How the connection to the server is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Auth(StrEnum):
    """How we sign in there."""

    PASSWORD = "password"  # noqa: S105 - the name of a method
    XOAUTH2 = "xoauth2"


class Mailbox(Model):
    """One address of the desk.  Without a host nothing is fetched: its mail is brought to us.

    `group` says which mailboxes are one to their senders: a mail that reaches two of a group is one.
    """

    __tablename__ = "mailboxes"

    id: Mapped[Id]
    address: Mapped[str] = mapped_column(String(254), unique=True)
    display_name: Mapped[Short] = mapped_column(default="")
    signature: Mapped[LongText] = mapped_column(default="")
    group: Mapped[str] = mapped_column("mailbox_group", String(40), default="desk")
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    host: Mapped[Short] = mapped_column(default="")
    port: Mapped[int] = mapped_column(default=993)
    security: Mapped[Security] = mapped_column(enum_text(Security), default=Security.TLS)
    auth: Mapped[Auth] = mapped_column(enum_text(Auth), default=Auth.PASSWORD)
    username: Mapped[str] = mapped_column(String(254), default="")
    secret: Mapped[LongText] = mapped_column(default="")
    """What is sealed: the password, or the two secrets of XOAUTH2 (see `credentials.py`)."""
    oauth_token_url: Mapped[Line] = mapped_column(default="")
    oauth_client_id: Mapped[Short] = mapped_column(default="")
    oauth_scope: Mapped[Line] = mapped_column(default="")
    folder: Mapped[Short] = mapped_column(default="INBOX")
    done_folder: Mapped[Short] = mapped_column(default="")
    """Where mail goes that was filed; empty: it stays, marked as read."""
    trouble_folder: Mapped[Short] = mapped_column(default="")
    trusted_authserv: Mapped[Line] = mapped_column(default="")
    """The name under which its server vouches for senders (RFC 8601); empty: nobody is believed."""
    plus_addressing: Mapped[bool] = mapped_column(default=True)
    """Whether mail to `name+anything@` arrives here too."""
    active: Mapped[bool] = mapped_column(default=True)
    since: Mapped[datetime | None]
    """Mail that the server had before is left alone; None: all of it is taken."""
    missing: Mapped[list[int]] = mapped_column(MISSING, default=list)
    """UIDs that lie on the server and are not in the ledger, as of the last look."""
    trouble: Mapped[Line] = mapped_column(default="")
    """Why its mail could not be fetched the last time; empty when it could."""
    trouble_since: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]
