"""Reading in a process of its own: limits, and that only the guilty mail suffers."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.mail.parsing.apart import Unparsable, parse_apart, reader
from app.mail.parsing.reading import parse
from tests.mail.parsing.mails import PICTURE, mail, multipart

MIB = 1 << 20
GOOD = mail("Subject: good")


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    reader.end_idle()
    yield
    reader.end_idle()


def test_it_says_what_parsing_here_says() -> None:
    content_type, body = multipart(
        "mixed", "\r\nHello", b"Content-Type: image/png; name=a.png\r\n\r\n" + PICTURE, "\r\n\ud7ff"
    )
    raw = mail(
        content_type,
        "Date: Tue, 5 May 2026 10:01:02 +0200",
        "X-Failed-Recipients: a@b.example",
        body=body,
    )
    assert parse_apart(raw) == parse(raw)


def test_process_stays_for_the_next_mail_and_is_replaced_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "MOST_MAILS", 2)
    parse_apart(GOOD)
    first = reader._idle[0].process
    parse_apart(GOOD)
    assert first.poll() is not None
    assert not reader._idle


def test_mail_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    started = time.monotonic()
    with pytest.raises(Unparsable, match=r"takes longer than 0\.2 seconds"):
        parse_apart(_slow(), seconds=0.2)
    assert time.monotonic() - started < 10
    assert parse_apart(GOOD).subject == "good"


def test_mail_that_takes_too_much_memory_is_given_up_and_the_next_is_read() -> None:
    with pytest.raises(Unparsable, match="more than 200 MiB"):
        parse_apart(mail(body=b"x" * (190 * MIB)), memory_bytes=200 * MIB)
    assert parse_apart(GOOD).subject == "good"


def test_process_that_is_killed_takes_only_its_mail_along() -> None:
    parse_apart(GOOD)
    child = reader._idle[0].process
    threading.Timer(0.3, os.kill, (child.pid, signal.SIGKILL)).start()
    with pytest.raises(Unparsable, match="broke off"):
        parse_apart(_slow(), seconds=30)
    assert parse_apart(GOOD).subject == "good"


def test_process_that_died_while_it_waited_is_nobodys_fault() -> None:
    parse_apart(GOOD)
    child = reader._idle[0].process
    child.kill()
    child.wait()
    assert parse_apart(GOOD).subject == "good"


def test_several_threads_at_once() -> None:
    wrong: list[str] = []

    def work(number: int) -> None:
        for each in range(10):
            subject = f"{number}.{each}"
            if parse_apart(mail(f"Subject: {subject}")).subject != subject:
                wrong.append(subject)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(reader._idle) <= reader.MOST_IDLE


def test_fifty_megabytes_come_back_within_the_limits() -> None:
    attached = os.urandom(50 * MIB)
    content_type, body = multipart(
        "mixed",
        "\r\nHello",
        b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        + attached,
        boundary="=rare=boundary=",
    )
    found = parse_apart(mail(content_type, body=body))
    assert found.attachments[0].content == attached


def test_process_ends_when_who_asked_is_gone() -> None:
    script = (
        "from app.mail.parsing.apart import parse_apart, reader\n"
        "parse_apart(b'From: a@b.example\\n\\nx')\n"
        "print(reader._idle[0].process.pid, flush=True)\n"
        "import os, signal\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[3]
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root)
    child = int(asked.stdout)
    deadline = time.monotonic() + 10
    while _lives(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(child)


def test_answer_that_is_nonsense_is_a_fault_of_the_process() -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        reader.wire.unpacked(memoryview(b"\0" * 20))


def _slow() -> bytes:
    """A mail that takes seconds to read."""
    return mail("Content-Type: text/html", body="<p>" + "<b>x</b>" * 240_000)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
