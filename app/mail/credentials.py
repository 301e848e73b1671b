"""What a mailbox signs in with; sealed in the database, never shown and never logged."""

import json
from dataclasses import asdict, dataclass, field

from app.core.sealing import seal, unseal


@dataclass(frozen=True)
class Credentials:
    """A password; or for XOAUTH2 the client's secret and, but for app-only access, a refresh token."""

    password: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)


def sealed(credentials: Credentials) -> str:
    """As it goes into the database."""
    return seal(json.dumps(asdict(credentials)))


def opened(secret: str) -> Credentials:
    """What was sealed; nothing, when nothing was.  Raises Unopened."""
    return Credentials(**json.loads(unseal(secret))) if secret else Credentials()
