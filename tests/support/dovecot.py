"""A real Dovecot on free ports of this machine, with as many mailboxes as anybody signs in to."""

import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.smtp import free_port

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PAIR = Path(__file__).parents[1] / "mail" / "localhost.pem"
PASSWORD = "right"


@dataclass
class Dovecot:
    """Plain IMAP with STARTTLS at `port`, TLS at `tls_port`; every user's password is "right"."""

    folder: Path
    port: int
    tls_port: int

    def connect(self, user: str) -> imaplib.IMAP4:
        """A client of the test's own."""
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(user, PASSWORD)
        client.select("INBOX")
        return client

    def put(self, user: str, *mails: bytes, folder: str = "INBOX") -> None:
        """Mails that lie there."""
        client = self.connect(user)
        for each in mails:
            status, said = client.append(folder, "", "", each)
            assert status == "OK", said
        client.logout()

    def holds(self, user: str, folder: str = "INBOX", criteria: str = "ALL") -> int:
        """How many mails of that kind lie in a folder."""
        client = self.connect(user)
        try:
            if client.select(folder, readonly=True)[0] != "OK":
                return 0
            return len(client.search(None, criteria)[1][0].split())
        finally:
            client.logout()

    def count_anew(self, user: str) -> None:
        """Give the inbox another UIDVALIDITY, as after a restore."""
        place = self.folder / "home" / user / "Maildir"
        for name in ("dovecot-uidlist", *(each.name for each in place.glob("dovecot.index*"))):
            (place / name).unlink(missing_ok=True)
        for validity in place.glob("dovecot-uidvalidity*"):
            validity.unlink()
        time.sleep(1.1)  # the new one is made of the present second


def need_dovecot() -> None:
    """Skip on a laptop without the program; fail where CI promises it."""
    if PROGRAM is None:
        if os.environ.get("CI") == "true":
            pytest.exit("no Dovecot", returncode=1)
        pytest.skip("no Dovecot: apt-get install dovecot-imapd")


@contextmanager
def dovecot(*, introspect: str = "", capability: str = "") -> Iterator[Dovecot]:
    """Run it.  `introspect` is an address that is asked about access tokens (RFC 7662)."""
    need_dovecot()
    folder = Path(tempfile.mkdtemp(prefix="dovecot"))
    folder.chmod(0o755)
    server = Dovecot(folder, free_port(), free_port())
    config = folder / "dovecot.conf"
    config.write_text(_config(server, introspect, capability))
    process = subprocess.Popen([str(PROGRAM), "-F", "-c", str(config)], stderr=subprocess.PIPE)
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)
        assert process.stderr
        process.stderr.close()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        assert process.poll() is None, process.stderr and process.stderr.read()
        try:
            imaplib.IMAP4("127.0.0.1", server.port).logout()
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("Dovecot did not start")


def _config(server: Dovecot, introspect: str, capability: str) -> str:
    folder = server.folder
    me = pwd.getpwuid(os.getuid()).pw_name
    owner = "nobody" if os.getuid() == 0 else me
    (folder / "home").mkdir()
    if os.getuid() == 0:
        os.chown(folder / "home", pwd.getpwnam(owner).pw_uid, pwd.getpwnam(owner).pw_gid)
        internal = ""
    else:
        internal = f"default_internal_user = {me}\ndefault_login_user = {me}\n"
    oauth = ""
    if introspect:
        (folder / "oauth2.conf").write_text(
            f"introspection_mode = get\nintrospection_url = {introspect}\n"
            "username_attribute = email\nactive_attribute = active\nactive_value = true\n"
        )
        oauth = f"passdb {{\n driver = oauth2\n mechanisms = xoauth2\n args = {folder}/oauth2.conf\n}}\n"
    return f"""
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
{internal}
ssl = yes
ssl_cert = <{PAIR}
ssl_key = <{PAIR}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
mail_fsync = never
first_valid_uid = 1
first_valid_gid = 1
{f"imap_capability = {capability}" if capability else ""}
passdb {{
 driver = static
 args = password={PASSWORD}
}}
{oauth}
userdb {{
 driver = static
 args = uid={owner} gid={_group(owner)} home={folder}/home/%u
}}
service imap-login {{
 chroot =
 inet_listener imap {{
  port = {server.port}
 }}
 inet_listener imaps {{
  port = {server.tls_port}
 }}
}}
service anvil {{
 chroot =
 unix_listener anvil-auth-penalty {{
  mode = 0
 }}
}}
service stats {{
 chroot =
}}
"""


def _group(owner: str) -> int:
    return pwd.getpwnam(owner).pw_gid
