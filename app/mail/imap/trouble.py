"""Trouble with a mail server, in words that say what to do."""

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from imap_tools.errors import ImapToolsError, MailboxFolderSelectError


class Kind(StrEnum):
    """What the trouble is about."""

    NAME = "name"
    REFUSED = "refused"
    SILENT = "silent"
    CERTIFICATE = "certificate"
    ENCRYPTION = "encryption"
    SIGN_IN = "sign-in"
    FOLDER = "folder"
    CUT = "cut"
    STORAGE = "storage"


class Trouble(Exception):
    """The mail could not be fetched; `words` is a sentence or two for an administrator."""

    def __init__(self, kind: Kind, words: str) -> None:
        super().__init__(words)
        self.kind = kind
        self.words = words[:300]


@contextmanager
def in_words(host: str, port: int) -> Iterator[None]:
    """Turn what the libraries raise inside into Trouble."""
    try:
        yield
    except Trouble:
        raise
    except socket.gaierror as fault:
        raise Trouble(
            Kind.NAME, f"There is no server called {host}. Is the name spelled right?"
        ) from fault
    except ConnectionRefusedError as fault:
        raise Trouble(
            Kind.REFUSED,
            f"{host} lets nobody in at port {port}. Is the port right, and does the mail server run?",
        ) from fault
    except TimeoutError as fault:
        raise Trouble(
            Kind.SILENT, f"{host} does not answer at port {port}. Is there a firewall between?"
        ) from fault
    except ssl.SSLCertVerificationError as fault:
        raise Trouble(
            Kind.CERTIFICATE,
            f"The certificate of {host} is not to be trusted: {fault.verify_message}",
        ) from fault
    except ssl.SSLError as fault:
        raise Trouble(
            Kind.ENCRYPTION,
            f"{host} does not speak TLS at port {port}. TLS is usual at 993, STARTTLS at 143.",
        ) from fault
    except MailboxFolderSelectError as fault:
        raise Trouble(Kind.FOLDER, f"The folder cannot be opened: {_said(fault)}") from fault
    except (imaplib.IMAP4.error, ImapToolsError, OSError, ValueError) as fault:
        raise Trouble(
            Kind.CUT, f"The conversation with {host} broke off: {_said(fault)}"
        ) from fault


def _said(fault: Exception) -> str:
    """What the server said, on one line."""
    result = getattr(fault, "command_result", None)
    if result and result[1]:
        return " ".join(
            part.decode("utf-8", "replace") for part in result[1] if isinstance(part, bytes)
        )
    return " ".join(str(fault).split()) or type(fault).__name__
