"""A worker killed at any moment loses no mail and sends at most the one in its hand twice."""

from collections import Counter
from typing import Any

import pytest
from flask import Flask

from app.mail.outbound import State
from tests.mail.conftest import Post
from tests.support.mails import outbox
from tests.support.smtp import Sink
from tests.support.workers import kill, wait_until, worker

MAILS = 12
MOMENTS = [("rcpt", 1), ("data", 3), ("taken", 6), ("rcpt", 9)]
"""When the worker is killed: at this step of a conversation, with so many mails taken before.

At `data` and `taken` the server has all of the mail, and the worker has not read its answer.
"""


@pytest.fixture
def settings_for_test(port: int) -> dict[str, Any]:
    return {"smtp_url": f"smtp://127.0.0.1:{port}", "job_lease_s": 1}


def kill_when(app: Flask, sink: Sink, moment: str, *, before: int) -> None:
    """Run a worker until the server comes to this moment with `before` mails taken."""
    with worker(app) as process:

        def look(at: str) -> None:
            if at == moment and len(set(sink.message_ids)) >= before:
                kill(process)

        sink.when = look
        process.wait(timeout=60)


def test_no_mail_is_lost_and_only_one_that_the_server_had_already_comes_twice(
    app: Flask, post: Post, sink: Sink
) -> None:
    for number in range(MAILS):
        post(to=f"person{number}@house.example", conversation=f"ticket:{number % 4}")
    for moment, before in MOMENTS:
        kill_when(app, sink, moment, before=before)
    sink.when = lambda moment: None
    with worker(app):
        wait_until(lambda: all(mail.state is State.SENT for mail in outbox()))
    copies = Counter(sink.message_ids)
    assert set(copies) == {mail.message_id for mail in outbox()}
    assert sorted(copies.values()) == [1] * (MAILS - 2) + [2] * 2
