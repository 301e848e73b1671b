"""A wire that is cut after so many bytes, or when told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.support.smtp import free_port


@dataclass
class Cut:
    """Hands on what it hears at `port`; `said` counts what the server said, over all conversations."""

    port: int
    to: int
    after: int | None
    said: int = 0
    wires: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        """Cut every conversation."""
        for wire in self.wires:
            with suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)
            wire.close()
        self.wires.clear()


@contextmanager
def cutting(to: int, *, after: int | None = None) -> Iterator[Cut]:
    """Run it in front of a port."""
    cut = Cut(free_port(), to, after)
    listener = socket.create_server(("127.0.0.1", cut.port))
    threading.Thread(target=_serve, args=(listener, cut), daemon=True).start()
    try:
        yield cut
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        cut.cut()


def _serve(listener: socket.socket, cut: Cut) -> None:
    while True:
        try:
            client, _ = listener.accept()
            server = socket.create_connection(("127.0.0.1", cut.to))
        except OSError:
            return
        cut.wires += [client, server]
        for source, sink, counted in ((client, server, False), (server, client, True)):
            args = (source, sink, cut, counted)
            threading.Thread(target=_pump, args=args, daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket, cut: Cut, counted: bool) -> None:
    while True:
        try:
            data = source.recv(65536)
            if counted:
                room = len(data) if cut.after is None else max(cut.after - cut.said, 0)
                cut.said += len(data)
                sink.sendall(data[:room])
                if room < len(data):
                    cut.cut()
            else:
                sink.sendall(data)
        except OSError:
            return
        if not data:
            with suppress(OSError):
                sink.shutdown(socket.SHUT_WR)
            return
