"""The mail server that the settings name."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Server:
    """Where mail is handed over; `encrypted` means TLS from the first byte, else STARTTLS."""

    host: str
    port: int
    user: str
    password: str
    encrypted: bool

    @classmethod
    def from_url(cls, url: str) -> "Server":
        """Read `smtp://user:password@host:port` or `smtps://…`.  Raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("a mail server is smtp://host or smtps://host")
        return cls(
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            encrypted=parts.scheme == "smtps",
        )

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine, so that a password does not travel."""
        return self.host in ("localhost", "127.0.0.1", "::1")
