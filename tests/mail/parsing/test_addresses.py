"""Address headers, as the standard has them and as they come."""

import pytest

from app.mail.parsing.addresses import read
from app.mail.parsing.reading import parse
from tests.mail.parsing.mails import mail

SOUND = {
    "ana@example.com": ("", "ana@example.com"),
    "Ana Kunde <ANA@Example.COM>": ("Ana Kunde", "ana@example.com"),
    '"Kunde, Ana" <ana@example.com>': ("Kunde, Ana", "ana@example.com"),
    '"Ana \\"Ace\\" Kunde" <ana@example.com>': ('Ana "Ace" Kunde', "ana@example.com"),
    "ana@example.com (Ana Kunde)": ("Ana Kunde", "ana@example.com"),
    "Ana (the (real) one) <ana@example.com>": ("Ana", "ana@example.com"),
    '"ana kunde"@example.com': ("", '"ana kunde"@example.com'),
    "ana@[192.0.2.1]": ("", "ana@[192.0.2.1]"),
    "=?utf-8?Q?J=C3=B6rg,_Doe?= <j@example.com>": ("Jörg, Doe", "j@example.com"),
    "Jörg <jörg@exämple.com>": ("Jörg", "jörg@exämple.com"),
    "J. R. Ewing <jr@example.com>": ("J. R. Ewing", "jr@example.com"),
}
DOUBTFUL = {
    "agent@corp.example <evil@example.com>": ("evil@example.com"),
    "Kunde, Ana <ana@example.com>": ("ana@example.com"),
    "Ana <ana@example.com": ("ana@example.com"),
    "Ana ana@example.com": ("ana@example.com"),
    "Ana <ana@example.com> <evil@example.com>": ("evil@example.com"),
    '"Ana" <ana@example.com>:<evil@example.com>': ("evil@example.com"),
    "<<ana@example.com>>": ("ana@example.com"),
    "Ana <mailto:ana@example.com> x": ("ana@example.com"),
    "(unclosed ana@example.com": None,
    "Ana <ana@ example..com>": ("ana@example..com"),
    "nobody": ("nobody"),
    "": None,
}


@pytest.mark.parametrize("text", SOUND)
def test_sound_header(text: str) -> None:
    found = read(text)
    assert [(m.name, m.address) for m in found.mailboxes] == [SOUND[text]]
    assert found.is_sound
    assert parse(mail(sender=text)).sender_verified


@pytest.mark.parametrize("text", DOUBTFUL)
def test_doubtful_sender_is_read_but_not_believed(text: str) -> None:
    found = parse(mail(sender=text))
    assert found.from_address == DOUBTFUL[text]
    assert not found.sender_verified
    assert found.defects


def test_two_senders_are_not_believed() -> None:
    assert not parse(mail(sender="a@example.com, b@example.com")).sender_verified
    assert not parse(mail("From: b@example.com", sender="a@example.com")).sender_verified


def test_groups_and_lists() -> None:
    found = read("Team: a@example.com, Bo <b@example.com>;, c@example.com")
    assert found.addresses == ("a@example.com", "b@example.com", "c@example.com")
    assert read("undisclosed-recipients:;").addresses == ()
    assert read("a@example.com; b@example.com").addresses == ("a@example.com", "b@example.com")


def test_twenty_thousand_recipients_are_cut_with_a_word() -> None:
    everybody = ", ".join(f'"U, {i}" <u{i}@example.com>' for i in range(20_000))
    found = parse(mail(f"To: {everybody}"))
    assert len(found.to) == 2_000
    assert "The mail has more recipients than are read." in found.defects


def test_two_thousand_nested_comments_are_one() -> None:
    sender = "(" * 2_000 + "x" + ")" * 2_000 + " ana@example.com"
    assert parse(mail(sender=sender)).from_address == "ana@example.com"
