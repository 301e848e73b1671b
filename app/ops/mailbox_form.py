"""The form of a mailbox: what its address is, where its mail is fetched, and how we sign in there."""

import re
from typing import Any
from urllib.parse import urlsplit

from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core import clock
from app.core.web.forms import Form
from app.mail.credentials import Credentials
from app.mail.mailbox import Auth, Mailbox, Security
from app.mail.suppression import is_address

_PORT = re.compile(r"[0-9]{1,5}")
LOCAL = ("127.0.0.1", "localhost", "::1")
SECURITIES = [
    SelectChoice(Security.TLS.value, "TLS (port 993)"),
    SelectChoice(Security.STARTTLS.value, "STARTTLS (port 143)"),
    SelectChoice(Security.NONE.value, "None: for a server on this machine only"),
]
AUTHS = [
    SelectChoice(Auth.PASSWORD.value, "Password"),
    SelectChoice(Auth.XOAUTH2.value, "OAuth 2 (Microsoft, Google)"),
]
EXISTING = [
    SelectChoice("take", "Take it too: it becomes tickets"),
    SelectChoice("leave", "Leave it: only what comes from now on"),
]


def _short(longest: int = 200) -> Length:
    return Length(max=longest, message=f"At most {longest} characters.")


class MailboxForm(Form):
    """One mailbox; secrets are never filled in again."""

    address = EmailField("Address", [InputRequired("Add the address."), _short(254)])
    display_name = StringField("Name of the sender", [_short()])
    signature = TextAreaField("Signature", [_short(2000)])
    group = StringField(
        "Group", [InputRequired("Name a group, such as desk."), _short(40)], default="desk"
    )
    team_id = SelectField("Team", coerce=int, default=0)
    plus_addressing = BooleanField("Mail to address+anything arrives here too", default=True)
    trusted_authserv = StringField("Server that vouches for senders", [_short(300)])

    host = StringField("Server", [_short()])
    port = StringField("Port", [InputRequired("Add the port.")], default="993")
    security = SelectField("Encryption", choices=SECURITIES, default=Security.TLS.value)
    username = StringField("User name", [_short(254)])
    auth = SelectField("Sign in with", choices=AUTHS, default=Auth.PASSWORD.value)
    password = PasswordField("Password", [_short(1000)])
    oauth_token_url = StringField("Token address", [_short(300)])
    oauth_client_id = StringField("Client ID", [_short()])
    client_secret = PasswordField("Client secret", [_short(1000)])
    refresh_token = PasswordField("Refresh token", [_short(4000)])
    oauth_scope = StringField("Scope", [_short(300)])

    folder = StringField(
        "Folder to fetch from", [InputRequired("Name a folder."), _short()], default="INBOX"
    )
    done_folder = StringField("Folder for mail that is done", [_short()])
    trouble_folder = StringField("Folder for mail in trouble", [_short()])
    existing = RadioField("Mail that lies there already", choices=EXISTING, default="take")

    def validate_address(self, field: Any) -> None:
        """It must be one that mail can be sent to."""
        if not is_address(field.data.strip()):
            raise ValidationError("That is not a mail address.")

    def validate_port(self, field: Any) -> None:
        """A number, as ports are."""
        if not _PORT.fullmatch(field.data) or not 0 < int(field.data) < 65_536:
            raise ValidationError("A port is a number from 1 to 65535.")

    def validate_security(self, field: Any) -> None:
        """A password does not travel in the clear."""
        if self.host.data and field.data == Security.NONE.value and self.host.data not in LOCAL:
            raise ValidationError("Without encryption everybody on the way can read the password.")

    def validate_oauth_token_url(self, field: Any) -> None:
        """Secrets are posted there."""
        if self.auth.data != Auth.XOAUTH2.value:
            return
        parts = urlsplit(field.data or "")
        local = parts.scheme == "http" and parts.hostname in LOCAL
        if not parts.hostname or not (parts.scheme == "https" or local):
            raise ValidationError("Add the address that gives tokens; it begins with https://.")

    @property
    def credentials(self) -> Credentials:
        """The secrets that were typed in."""
        return Credentials(
            password=self.password.data or "",
            client_secret=(self.client_secret.data or "").strip(),
            refresh_token=(self.refresh_token.data or "").strip(),
        )

    @property
    def given(self) -> dict[str, Any]:
        """Everything else, as the verbs want it."""
        texts = {name: (self[name].data or "").strip() for name in _TEXTS}
        return texts | {
            "username": texts["username"] or texts["address"],
            "port": int(self.port.data),
            "team_id": self.team_id.data or None,
            "security": Security(self.security.data),
            "auth": Auth(self.auth.data),
            "plus_addressing": self.plus_addressing.data,
        }

    @property
    def since(self) -> Any:
        """From when on mail is taken; None: all of it."""
        return clock.now() if self.existing.data == "leave" else None


_TEXTS = (
    "address", "display_name", "signature", "group", "trusted_authserv", "host", "username",
    "oauth_token_url", "oauth_client_id", "oauth_scope", "folder", "done_folder", "trouble_folder",
)  # fmt: skip


def form_of(mailbox: Mailbox) -> MailboxForm:
    """The form with what the mailbox says, but for its secrets."""
    said = {name: getattr(mailbox, name) for name in (*_TEXTS, "port", "plus_addressing")}
    said |= {"security": mailbox.security.value, "auth": mailbox.auth.value}
    return MailboxForm(formdata=None, **said, team_id=mailbox.team_id or 0)
