"""An IMAP server that misbehaves as it is told; what Dovecot never does."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.support.smtp import free_port


@dataclass
class Script:
    """Mails by UID, and what goes wrong.  `said` are the commands that came."""

    port: int
    mails: dict[int, bytes] = field(default_factory=dict)
    uid_validity: int = 1
    nil: set[int] = field(default_factory=set)
    """UIDs whose mail is answered with NIL."""
    wrong: dict[int, int] = field(default_factory=dict)
    """UIDs that are answered with another UID."""
    bye_at: str = ""
    """The command at which the server says goodbye."""
    chatter: bytes = b""
    """What it says of other mails in the midst of an answer."""
    said: list[str] = field(default_factory=list)


@contextmanager
def scripted() -> Iterator[Script]:
    """Run it."""
    script = Script(free_port())

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK hello\r\n")
            while line := self.rfile.readline():
                tag, _, command = line.decode().strip().partition(" ")
                script.said.append(command)
                word = command.upper()
                if script.bye_at and script.bye_at in word:
                    self.wfile.write(b"* BYE going down\r\n")
                    return
                self.wfile.write(b"".join(_answers(script, word)) + f"{tag} OK done\r\n".encode())
                if word.startswith("LOGOUT"):
                    return

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", script.port), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield script
        running.shutdown()


def _answers(script: Script, command: str) -> Iterator[bytes]:
    if command.startswith("CAPABILITY"):
        yield b"* CAPABILITY IMAP4rev1\r\n"
    elif command.startswith("SELECT"):
        yield f"* {len(script.mails)} EXISTS\r\n* OK [UIDVALIDITY {script.uid_validity}] x\r\n".encode()
    elif command.startswith("UID SEARCH"):
        yield f"* SEARCH {' '.join(map(str, script.mails))}\r\n".encode()
    elif found := re.match(r"UID FETCH (\d+) ", command):
        yield script.chatter
        uid = int(found[1])
        shown, raw = script.wrong.get(uid, uid), script.mails.get(uid)
        if raw is None:
            return
        if uid in script.nil:
            yield f"* 1 FETCH (UID {shown} BODY[] NIL)\r\n".encode()
        else:
            yield (
                f"* 1 FETCH (BODY[] {{{len(raw)}}}\r\n".encode()
                + raw
                + f" UID {shown})\r\n".encode()
            )
