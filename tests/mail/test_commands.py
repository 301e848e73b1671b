"""`flask mail parse`: what is in a file, as JSON."""

import json
from pathlib import Path

import pytest
from flask import Flask

from tests.mail.parsing.mails import mail

KEYS = [
    "file",
    "from_address",
    "from_name",
    "sender_verified",
    "to",
    "cc",
    "subject",
    "message_id",
    "in_reply_to",
    "references",
    "date",
    "text",
    "reply_text",
    "html_sanitized",
    "attachments",
    "is_auto_reply",
    "must_not_auto_respond",
    "is_bounce",
    "bounce",
    "is_list",
    "defects",
]


def test_each_file_is_a_line_in_order(app: Flask, tmp_path: Path) -> None:
    good, mbox, broken = tmp_path / "good.eml", tmp_path / "mbox.eml", tmp_path / "broken.eml"
    good.write_bytes(
        mail("Subject: Grüße", "To: desk@example.com", "Date: Tue, 5 May 2026 10:01:02 +0200")
    )
    mbox.write_bytes(
        b"From a@b Tue May  5 10:01:02 2026\n" + mail("X-Failed-Recipients: kim@example.org")
    )
    broken.write_bytes(b"\xff\x00")
    result = app.test_cli_runner().invoke(args=["mail", "parse", *map(str, (good, mbox, broken))])
    assert result.exit_code == 0
    first, second, third = map(json.loads, result.stdout.splitlines())
    assert list(first) == KEYS
    assert first["file"] == str(good)
    assert first["subject"] == "Grüße"
    assert first["date"] == "2026-05-05T08:01:02+00:00"
    assert first["bounce"] is None
    assert second["bounce"] == {"recipient": "kim@example.org", "status": "", "hard": True}
    assert third["defects"]


def test_file_that_cannot_be_read_does_not_stop_the_others(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "good.eml").write_bytes(mail())
    args = ["mail", "parse", str(tmp_path / "none.eml"), str(tmp_path), str(tmp_path / "good.eml")]
    result = app.test_cli_runner().invoke(args=args)
    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [set(line) == {"file", "error"} for line in lines] == [True, True, False]
    assert "none.eml: No such file or directory." in result.stderr


def test_poison_gets_what_its_headers_say_and_a_defect(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mail.parsing.telling.SECONDS", 0.3)
    (tmp_path / "poison.eml").write_bytes(
        mail("Subject: x", "Content-Type: text/html", body="<p>" + "<b>x</b>" * 240_000)
    )
    (tmp_path / "good.eml").write_bytes(mail())
    args = ["mail", "parse", str(tmp_path / "poison.eml"), str(tmp_path / "good.eml")]
    result = app.test_cli_runner().invoke(args=args)
    assert result.exit_code == 0
    poison, good = map(json.loads, result.stdout.splitlines())
    assert poison["subject"] == "x"
    assert poison["defects"] == ["Reading it takes longer than 0.3 seconds."]
    assert good["text"] == "Hello"
