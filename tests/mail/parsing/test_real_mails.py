"""The parser against real mails with expectations beside them; four public parsers are the measure."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.mail.parsing.parsed import ParsedMail
from app.mail.parsing.reading import parse

DATA = os.environ.get("HEARTH_TEST_DATA", "")

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA, reason="HEARTH_TEST_DATA is not set: real mails are not read"),
]

FLOORS = {
    # Percent of the mails that carry an expectation; a little under what is reached.
    "from_address": 99.5,
    "from_name": 99.5,
    "subject": 99.5,
    "message_id": 99.5,
    "in_reply_to": 99.5,
    "attachments": 99.0,
    "text": 99.0,
    "is_bounce": 99.5,
    "is_auto_reply": 99.5,
    "must_not_auto_respond": 99.5,
    "reply_exact": 92.0,
    "reply_kept": 100.0,
    "reply_quote_removed": 95.0,
    "safe_filenames": 100.0,
}


@pytest.fixture(scope="module")
def scores() -> dict[str, tuple[int, int]]:
    """Field → how many are right, of how many."""
    expected = json.loads((Path(DATA) / "mail" / "expected.json").read_text())
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for file, wanted in expected.items():
        mail = parse((Path(DATA) / "mail" / file).read_bytes())
        for field, is_right in _judged(wanted, mail):
            asked[field] += 1
            right[field] += is_right
    return {field: (right[field], asked[field]) for field in asked}


@pytest.mark.parametrize("field", FLOORS)
def test_field_is_right_in_real_mails(scores: dict[str, tuple[int, int]], field: str) -> None:
    right, asked = scores[field]
    assert 100 * right / asked >= FLOORS[field], f"{right} of {asked}"


def test_no_public_parser_is_better(scores: dict[str, tuple[int, int]]) -> None:
    peers = json.loads((Path(DATA) / "mail" / "baseline.json").read_text())
    better = [
        (peer, field, figure)
        for group in (peers["parsers"], peers["reply"])
        for peer, figures in group.items()
        for field, figure in figures.items()
        if field in scores and peer != "whole body"
        if _share(*map(int, figure.split("/"))) > _share(*scores[field])
    ]
    assert not better


def _share(right: int, asked: int) -> float:
    return right / asked


def _judged(wanted: dict[str, Any], mail: ParsedMail) -> Iterator[tuple[str, bool]]:
    """Each field that carries an expectation, and whether it is met."""
    names = Counter(_bare(part.name) for part in mail.attachments)
    for field in ("from_address", "from_name", "subject", "message_id", "in_reply_to"):
        accepted = wanted.get("accept", {}).get(field, [wanted[field]])
        if field not in wanted["not_scored"] and not (field == "subject" and None in accepted):
            yield field, _bare(getattr(mail, field)) in {_bare(_first(each)) for each in accepted}
    for field in ("is_bounce", "is_auto_reply", "must_not_auto_respond"):
        if wanted[field] is not None:
            yield field, getattr(mail, field) is wanted[field]
    if wanted["attachments"] and "attachments" not in wanted["not_scored"]:
        yield "attachments", not Counter(map(_bare, wanted["attachments"])) - names
    if wanted["text_contains"]:
        yield "text", all(_solid(each) in _solid(mail.text) for each in wanted["text_contains"])
    for name in wanted.get("unsafe_filenames", ()):
        yield "safe_filenames", names[_bare(re.split(r"[/\\]", name)[-1])] > 0
    reply = _solid(mail.reply_text)
    if wanted["reply_text"] is not None:
        yield "reply_exact", _solid(wanted["reply_text"]) == reply
    if kept := wanted.get("reply_must_contain"):
        yield "reply_kept", all(_solid(each) in reply for each in kept)
    if gone := wanted.get("reply_must_not_contain"):
        yield "reply_quote_removed", not any(_solid(each) in reply for each in gone)


def _first(value: Any) -> str | None:
    return next(iter(value), None) if isinstance(value, list) else value


def _solid(text: str) -> str:
    """Compared without white space."""
    return re.sub(r"\s+", "", text)


def _bare(value: str | None) -> str:
    """The same, without angle brackets around ids, and addresses in lower case."""
    text = _solid(value or "").strip("<>")
    return text.lower() if "@" in text else text
