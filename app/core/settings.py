"""Deployment settings: read once from the environment, checked whole, never changed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from click import ClickException
from flask import current_app

ROOT = Path(__file__).resolve().parents[2]
_REVIEW_EVERY = re.compile(r"[1-9]\d{0,3}[dm]|never", re.ASCII)
LANGUAGE_FORM = r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}"
"""A language code as in BCP 47, as far as people use it."""
DEVELOPMENT_KEY = "development-only-key-never-use-this-in-production"


class InvalidSettings(ClickException):
    """Settings that cannot be used; the message lists every fault, one a line."""


def _text(raw: str) -> str:
    return raw.strip()


def _path(raw: str) -> Path:
    return Path(raw).expanduser().resolve()


def _names(raw: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in raw.split(",") if name.strip())


def _setting(default: Any, help: str, *, read: Callable[[str], Any] = _text) -> Any:
    return field(default=default, metadata={"help": help, "read": read})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every deployment setting.  The variable is `HEARTH_<FIELD>`, but for `DATABASE_URL`."""

    env: str = _setting(
        "development", "`development` or `production`; production refuses development secrets"
    )
    secret_key: str = _setting(
        DEVELOPMENT_KEY, "signs sessions and links; at least 32 characters in production"
    )
    secret_key_fallbacks: tuple[str, ...] = _setting(
        (), "older secret keys, comma-separated, still accepted for reading", read=_names
    )
    public_url: str = _setting(
        "http://127.0.0.1:5000", "the address people use, without a slash at the end; links in mail"
    )
    trusted_hosts: tuple[str, ...] = _setting(
        (), "host names to answer to, comma-separated; empty: that of the public URL", read=_names
    )
    instance: Path = _setting(
        ROOT / "instance", "folder for database, search index, files and kept mail", read=_path
    )
    content: Path = _setting(
        ROOT / "content", "folder of the knowledge base's Markdown files", read=_path
    )
    content_mode: str = _setting(
        "",
        "`two-way`: texts are edited in files and in the browser; `import`: in files only; `off`:"
        " nothing is synced; empty: two-way where the folder can be written, else import",
    )
    content_review_every: str = _setting(
        "12m",
        "how often texts are looked at again that say nothing themselves, in days or months: `90d`,"
        " `6m`, or `never`",
    )
    database_url: str = _setting(
        "", "`postgresql://user@host/name`; empty: SQLite in the instance folder"
    )
    desk_name: str = _setting("Hearth", "the name people see in the head of every page and in mail")
    language: str = _setting(
        "en", "language of texts that name none; those in others have addresses of their own"
    )
    reporting_zone: str = _setting(
        "UTC", "time zone of reports and of times on the screen, as in the IANA list"
    )
    upload_limit_bytes: int = _setting(25_000_000, "largest request with files, in bytes", read=int)
    smtp_url: str = _setting(
        "", "`smtp://user:password@host:587` or `smtps://…`; empty: mail is kept, nothing leaves"
    )
    mail_from: str = _setting("support@hearth.example", "the address mail comes from")
    mail_files_limit_bytes: int = _setting(
        10_000_000, "files that go with a mail, in bytes together; others are linked", read=int
    )
    mail_poll_every_s: int = _setting(
        60, "seconds between two looks at a mailbox whose server does not tell by itself", read=int
    )
    mail_limit_bytes: int = _setting(
        52_500_000,
        "largest mail that is read, in bytes; larger ones are refused or set aside",
        read=int,
    )
    mail_parse_s: int = _setting(10, "seconds of work that reading one mail may take", read=int)
    mail_parse_bytes: int = _setting(
        600_000_000, "memory that reading one mail may take, in bytes", read=int
    )
    relay_secret: str = _setting(
        "",
        "shared with mail relays that post to `/mail/deliveries`; 32 characters or more; empty: none may",
    )
    undo_send_s: int = _setting(
        15, "seconds in which a reply of staff can be taken back; 0: it leaves at once", read=int
    )
    gather_s: int = _setting(
        30,
        "seconds in which what is new about one thing is gathered into one mail to staff",
        read=int,
    )
    job_lease_s: int = _setting(
        60, "seconds after which the job of a worker that died is run again", read=int
    )
    proxies: int = _setting(
        0, "how many reverse proxies stand in front and set X-Forwarded-* headers", read=int
    )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read and check all settings.  Raises InvalidSettings with all faults at once."""
        values: dict[str, Any] = {}
        faults: list[str] = []
        for each in fields(cls):
            raw = environ.get(variable(each.name), "")
            if not raw:
                continue
            try:
                values[each.name] = each.metadata["read"](raw)
            except ValueError:
                faults.append(f"{variable(each.name)}: {raw!r} is not a number.")
        faults += unknown_variables(environ)
        settings = cls(**values)
        faults += settings.faults()
        if faults:
            raise InvalidSettings("\n".join(faults))
        return settings

    def faults(self) -> list[str]:
        """What is wrong with the values, in sentences that name the variable."""
        return [*self._plain_faults(), *(self._production_faults() if self.production else [])]

    def _plain_faults(self) -> list[str]:
        checks = {
            "env": self.env in ("development", "production")
            or "must be development or production.",
            "content_mode": self.content_mode in ("", "two-way", "import", "off")
            or "must be two-way, import or off.",
            "content_review_every": bool(_REVIEW_EVERY.fullmatch(self.content_review_every))
            or "must be days or months, such as 90d or 6m, or never.",
            "public_url": _is_web_address(self.public_url)
            or "must start with http:// or https:// and end without a slash.",
            "database_url": not self.database_url
            or self.database_url.startswith(("postgresql://", "sqlite:///"))
            or "must start with postgresql:// (or sqlite:///).",
            "smtp_url": not self.smtp_url
            or _is_mail_server(self.smtp_url)
            or "must look like smtp://user:password@host:587 or smtps://host.",
            "mail_from": "@" in self.mail_from or "must be a mail address.",
            "upload_limit_bytes": 10_000 <= self.upload_limit_bytes <= 1_000_000_000
            or "must be between 10000 and 1000000000.",
            "mail_files_limit_bytes": 0 <= self.mail_files_limit_bytes <= 100_000_000
            or "must be between 0 and 100000000.",
            "mail_poll_every_s": 10 <= self.mail_poll_every_s <= 3600
            or "must be between 10 and 3600.",
            "mail_limit_bytes": 1_000_000 <= self.mail_limit_bytes <= 1_000_000_000
            or "must be between 1000000 and 1000000000.",
            "mail_parse_s": 1 <= self.mail_parse_s <= 300 or "must be between 1 and 300.",
            "mail_parse_bytes": 200_000_000 <= self.mail_parse_bytes <= 16_000_000_000
            or "must be between 200000000 and 16000000000.",
            "relay_secret": not self.relay_secret
            or len(self.relay_secret) >= 32
            or "must have 32 characters or more.",
            "job_lease_s": 1 <= self.job_lease_s <= 3600 or "must be between 1 and 3600.",
            "undo_send_s": 0 <= self.undo_send_s <= 120 or "must be between 0 and 120.",
            "gather_s": 0 <= self.gather_s <= 600 or "must be between 0 and 600.",
            "proxies": 0 <= self.proxies <= 5 or "must be between 0 and 5.",
            "language": re.fullmatch(LANGUAGE_FORM, self.language) is not None
            or "is not a language code, such as en or pt-BR.",
            "reporting_zone": _is_zone(self.reporting_zone)
            or "is not a time zone of the IANA list, such as Europe/Berlin.",
        }
        return [f"{variable(name)}: {said}" for name, said in checks.items() if said is not True]

    def _production_faults(self) -> list[str]:
        faults = []
        if self.secret_key == DEVELOPMENT_KEY or len(self.secret_key) < 32:
            faults.append(
                "HEARTH_SECRET_KEY: production needs a secret of its own, 32 characters or more."
            )
        if DEVELOPMENT_KEY in self.secret_key_fallbacks:
            faults.append("HEARTH_SECRET_KEY_FALLBACKS: everybody knows the key of development.")
        if self.public_url == type(self).public_url:
            faults.append("HEARTH_PUBLIC_URL: production needs the address that people use.")
        return faults

    @property
    def production(self) -> bool:
        """Whether people outside rely on this."""
        return self.env == "production"

    @cached_property
    def zone(self) -> ZoneInfo:
        """The reporting time zone."""
        return ZoneInfo(self.reporting_zone)

    @property
    def hosts(self) -> list[str]:
        """The host names that requests may be addressed to."""
        own = [urlsplit(self.public_url).hostname or ""]
        local = [] if self.production else ["127.0.0.1", "localhost"]
        return [*(self.trusted_hosts or own), *local]


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return "DATABASE_URL" if name == "database_url" else f"HEARTH_{name.upper()}"


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """A sentence for each `HEARTH_…` variable that is no setting; those for tests are left alone."""
    known = {variable(each.name) for each in fields(Settings)}
    return [
        f"{name}: there is no such setting."
        for name in environ
        if name.startswith("HEARTH_") and name not in known and not name.startswith("HEARTH_TEST_")
    ]


def settings() -> Settings:
    """The settings of the present application."""
    found: Settings = current_app.extensions["settings"]
    return found


def _is_web_address(raw: str) -> bool:
    try:
        parts = urlsplit(raw)
        known = parts.scheme in ("http", "https") and parts.port != 0
    except ValueError:  # a port that is no number, half of an IPv6 address
        return False
    return known and bool(parts.hostname) and not raw.endswith("/")


def _is_mail_server(raw: str) -> bool:
    try:
        parts = urlsplit(raw)
        return parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        return False


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
