"""A session with an IMAP server: encrypted, its certificate verified, signed in."""

import imaplib
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from time import mktime
from types import TracebackType
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderCreateError
from imap_tools.utils import encode_folder

from app.core.sealing import Unopened
from app.mail.credentials import opened
from app.mail.imap import tokens
from app.mail.imap.box import Box
from app.mail.imap.trouble import Kind, Trouble, in_words
from app.mail.mailbox import Auth, Security

PATIENCE_S = 30
AT_ONCE = 200
"""UIDs named in one command."""

_UID = re.compile(rb"UID (\d+)")


@dataclass(frozen=True)
class Fetched:
    """A mail as the server has it."""

    uid: int
    raw: bytes


class Session:
    """One conversation.  Every method raises Trouble when it does not work."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.uid_validity = 0

    def __enter__(self) -> "Session":
        with in_words(self.box.host, self.box.port):
            self._mail = self._connect()
        try:
            self._sign_in()
            with in_words(self.box.host, self.box.port):
                self._note_capabilities()
                self.open_folder()
        except BaseException:
            self._hang_up()
            raise
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: object, _trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def open_folder(self) -> None:
        """Select the folder that mail is fetched from."""
        self._mail.folder.set(self.box.folder)
        _, values = self._mail.client.response("UIDVALIDITY")
        self.uid_validity = int(values[0]) if values and values[0] else 0

    def uids(self) -> list[int]:
        """What lies there, of what came since the mailbox says; ascending."""
        with self._told():
            since = self.box.since
            if since is None:
                return self._search("ALL")
            day = imaplib.Time2Internaldate(since.timestamp() - 86_400).strip('"').split(" ")[0]
            return self._search(f"SINCE {day}")

    def uids_of_late(self, uids: Sequence[int]) -> list[int]:
        """Those of these that came after the mailbox's beginning, by the server's clock."""
        since = self.box.since
        if since is None:
            return list(uids)
        late: list[int] = []
        for some in _chunks(uids):
            for line in self._fetch(some, "(UID INTERNALDATE)"):
                found, arrived = _UID.search(line), imaplib.Internaldate2tuple(line)
                if found and arrived and mktime(arrived) >= since.timestamp():
                    late.append(int(found[1]))
        return sorted(set(late))

    def fetch(self, uid: int) -> Fetched | None:
        """A mail, left unread there; None when it is gone or the server gives something else."""
        with self._told():
            _, answer = self._checked("FETCH", str(uid), "(UID BODY.PEEK[])")
        for number, part in enumerate(answer):
            if not isinstance(part, tuple) or b"BODY[]" not in part[0]:
                continue
            after = answer[number + 1] if number + 1 < len(answer) else b""
            named = _UID.search(part[0]) or _UID.search(after if isinstance(after, bytes) else b"")
            if named and int(named[1]) == uid:
                return Fetched(uid, bytes(part[1]))
        return None

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Mark as read; who is gone is gone."""
        with self._told():
            for some in _chunks(uids):
                self._checked("STORE", _set(some), "+FLAGS.SILENT", r"(\Seen)")

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move to another folder, which is made when it is missing.

        Nothing else is expunged: somebody else's deleted mails are none of our business.
        """
        with self._told():
            self._make(folder)
            for some in _chunks(uids):
                if "MOVE" in self._mail.client.capabilities:
                    self._checked("MOVE", _set(some), encode_folder(folder))
                else:
                    self._copy_and_delete(_set(some), encode_folder(folder))

    def wait(self, timeout_s: float) -> None:
        """Until something happens there, or the time is over.  Servers without IDLE are not asked."""
        with self._told():
            self._mail.idle.wait(timeout=timeout_s)

    @property
    def tells(self) -> bool:
        """Whether the server tells of new mail by itself (IDLE, RFC 2177)."""
        return "IDLE" in self._mail.client.capabilities

    def folder_is_there(self, folder: str) -> bool:
        """Whether there is such a folder."""
        with self._told():
            return bool(self._mail.folder.exists(folder))

    def _connect(self) -> BaseMailBox:
        box, tls = self.box, ssl.create_default_context()
        match box.security:
            case Security.TLS:
                return MailBox(box.host, box.port, timeout=PATIENCE_S, ssl_context=tls)
            case Security.STARTTLS:
                return MailBoxStartTls(box.host, box.port, timeout=PATIENCE_S, ssl_context=tls)
            case Security.NONE:
                return MailBoxUnencrypted(box.host, box.port, timeout=PATIENCE_S)

    def _sign_in(self) -> None:
        box = self.box
        try:
            if box.auth is Auth.XOAUTH2:
                self._mail.xoauth2(box.username, tokens.access_token(box), None)
            else:
                self._give(opened(box.secret).password)
        except Unopened as fault:
            raise Trouble(
                Kind.SIGN_IN,
                "The secret was sealed with another HEARTH_SECRET_KEY. Type it in again.",
            ) from fault
        except imaplib.IMAP4.abort as fault:
            raise Trouble(Kind.CUT, f"{box.host} hung up while we signed in.") from fault
        except (imaplib.IMAP4.error, ImapToolsError) as fault:
            tokens.forget(box)
            raise Trouble(
                Kind.SIGN_IN,
                f"{box.host} does not let {box.username} in. Are name and password right, and is "
                "IMAP allowed for this account?",
            ) from fault
        except OSError as fault:
            raise Trouble(Kind.CUT, f"{box.host} hung up while we signed in.") from fault

    def _give(self, password: str) -> None:
        sign_in = self._mail.login if password.isascii() else self._mail.login_utf8
        sign_in(self.box.username, password, None)

    def _note_capabilities(self) -> None:
        """What the server can do may change once somebody is signed in."""
        _, lines = self._mail.client.capability()
        words = " ".join(line.decode("ascii", "replace") for line in lines if line)
        self._mail.client.capabilities = tuple(words.upper().split())

    def _hang_up(self) -> None:
        try:
            self._mail.client.logout()
        except (imaplib.IMAP4.error, OSError):
            self._mail.client.shutdown()

    def _search(self, criteria: str) -> list[int]:
        return sorted({int(uid) for uid in self._mail.uids(criteria, charset=None)})

    def _fetch(self, uids: Sequence[int], parts: str) -> list[bytes]:
        with self._told():
            _, answer = self._checked("FETCH", _set(uids), parts)
        return [line for line in answer if isinstance(line, bytes)]

    def _checked(self, command: str, *arguments: Any) -> tuple[str, list[Any]]:
        status, answer = self._mail.client.uid(command, *arguments)
        if status != "OK":
            raise Trouble(Kind.CUT, f"{self.box.host} refused {command}: {answer!r}")
        return status, answer

    def _make(self, folder: str) -> None:
        if self._mail.folder.exists(folder):
            return
        try:
            self._mail.folder.create(folder)
        except MailboxFolderCreateError as fault:
            raise Trouble(
                Kind.FOLDER, f"The folder {folder} is not there and cannot be made."
            ) from fault

    def _copy_and_delete(self, uids: str, folder: Any) -> None:
        self._checked("COPY", uids, folder)
        self._checked("STORE", uids, "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self._mail.client.capabilities:
            self._checked("EXPUNGE", uids)

    def _told(self) -> Any:
        return in_words(self.box.host, self.box.port)


def _set(uids: Sequence[int]) -> str:
    return ",".join(map(str, uids))


def _chunks(uids: Sequence[int]) -> list[Sequence[int]]:
    return [uids[start : start + AT_ONCE] for start in range(0, len(uids), AT_ONCE)]
