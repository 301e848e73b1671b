"""Listening for mail servers on a port or a socket, until told to stop."""

import asyncio
import signal
import stat
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from flask import Flask

from app.core.settings import settings
from app.core.web.addresses import public_host
from app.mail.door import Door, LmtpDoor, SmtpDoor

GRACE_S = 30
"""How long mails that are in our hands may take once we were told to stop."""


class Protocol(StrEnum):
    """What is spoken."""

    LMTP = "lmtp"
    SMTP = "smtp"


@dataclass(frozen=True)
class Address:
    """Where to listen: a port of a host, or a socket in the file system."""

    host: str
    port: int
    socket: Path | None

    def __str__(self) -> str:
        return str(self.socket) if self.socket else f"{self.host}:{self.port}"


async def listen(
    app: Flask, protocol: Protocol, address: Address, *, on_ready: Callable[[], object]
) -> None:
    """Take mail until SIGTERM or SIGINT.  Raises OSError when nobody can listen there."""
    door = Door(app)
    server = await _open(door, protocol, address)
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    on_ready()
    await stop.wait()
    server.close()
    await _see_off(door)
    if address.socket:
        address.socket.unlink(missing_ok=True)


async def _open(door: Door, protocol: Protocol, address: Address) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    kind = LmtpDoor if protocol is Protocol.LMTP else SmtpDoor
    limit, host = settings().mail_limit_bytes, public_host()

    def answer() -> asyncio.Protocol:
        return kind(
            door,
            loop=loop,
            hostname=host,
            ident="Hearth",
            data_size_limit=limit,
            enable_SMTPUTF8=True,
        )

    if address.socket:
        _clear(address.socket)
        return await loop.create_unix_server(answer, address.socket)
    return await loop.create_server(answer, address.host, address.port)


def _clear(socket: Path) -> None:
    """Take away what a process left behind that was killed."""
    if socket.exists() and stat.S_ISSOCK(socket.stat().st_mode):
        socket.unlink()


async def _see_off(door: Door) -> None:
    """Wait for the mails in our hands, and for nobody else."""
    waited_s = 0.0
    while door.busy.mails and waited_s < GRACE_S:
        await asyncio.sleep(0.05)
        waited_s += 0.05
