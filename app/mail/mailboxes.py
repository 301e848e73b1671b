"""Mailboxes: adding them, changing them, switching them off and on."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.core.db import db
from app.core.errors import InvalidInput
from app.core.sealing import Unopened, is_current, seal_anew
from app.core.uow import verb
from app.mail.credentials import Credentials, opened, sealed
from app.mail.mailbox import Auth, Mailbox

SETTABLE = frozenset(
    {
        "address", "display_name", "signature", "group", "team_id", "host", "port", "security",
        "auth", "username", "oauth_token_url", "oauth_client_id", "oauth_scope", "folder",
        "done_folder", "trouble_folder", "since", "trusted_authserv", "plus_addressing",
    }
)  # fmt: skip


@verb
def add_mailbox(*, credentials: Credentials, **given: Any) -> Mailbox:
    """A new one.  Raises InvalidInput for an address that is one already."""
    mailbox = Mailbox(secret=sealed(credentials))
    _set(mailbox, given)
    db.session.add(mailbox)
    db.session.flush()  # the page that follows needs its id
    return mailbox


@verb
def change_mailbox(mailbox: Mailbox, *, credentials: Credentials, **given: Any) -> None:
    """Change what is given; a secret that is empty stays as it is.

    Raises InvalidInput, also where a secret would go to another server than it was typed in for.
    """
    new = {name: value for name, value in vars(credentials).items() if value}
    goes_to = (mailbox.host, mailbox.oauth_token_url)
    _set(mailbox, given)
    if mailbox.secret and not new and goes_to != (mailbox.host, mailbox.oauth_token_url):
        raise InvalidInput(
            "The server is another one now: type the secret in again.", field=_secret_field(mailbox)
        )
    if new:
        mailbox.secret = sealed(replace(_opened(mailbox), **new))


@verb
def switch_off(mailbox: Mailbox) -> None:
    """Fetch nothing from it; what is in the ledger stays."""
    mailbox.active, mailbox.trouble, mailbox.trouble_since = False, "", None


@verb
def switch_on(mailbox: Mailbox) -> None:
    """Fetch from it again."""
    mailbox.active = True


@verb
def seal_secrets_anew() -> None:
    """Bring secrets under the present key, so that an older one can be dropped from the settings."""
    for mailbox in db.session.scalars(select(Mailbox).where(Mailbox.secret != "")):
        if not is_current(mailbox.secret):
            try:
                mailbox.secret = seal_anew(mailbox.secret)
            except Unopened:  # its mailbox says so when it signs in
                continue


def _set(mailbox: Mailbox, given: dict[str, Any]) -> None:
    assert given.keys() <= SETTABLE
    for name, value in given.items():
        setattr(mailbox, name, value)
    mailbox.address = mailbox.address.strip().lower()
    same = select(Mailbox.id).where(
        Mailbox.address == mailbox.address, Mailbox.id.is_distinct_from(mailbox.id)
    )
    with db.session.no_autoflush:
        if db.session.scalar(same):
            raise InvalidInput("There is a mailbox with this address already.", field="address")


def _secret_field(mailbox: Mailbox) -> str:
    return "password" if mailbox.auth is Auth.PASSWORD else "client_secret"


def _opened(mailbox: Mailbox) -> Credentials:
    """What it signs in with; nothing, when nobody can open that any more."""
    try:
        return opened(mailbox.secret)
    except Unopened:
        return Credentials()
