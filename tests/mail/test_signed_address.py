from dataclasses import replace

import pytest
from flask import Flask

from app.core.settings import settings
from app.mail.signed_address import Purpose, Signed, read, sign

DESK = "help@desk.example"


@pytest.mark.parametrize("purpose", Purpose)
def test_what_was_signed_is_read_again_also_in_capitals(app: Flask, purpose: Purpose) -> None:
    address = sign(DESK, purpose, 1234)
    assert read(address) == read(address.upper()) == Signed(purpose, 1234)


def test_nobody_else_can_make_one(app: Flask) -> None:
    address = sign(DESK, Purpose.REPLY, 12)
    assert read(address.replace("+r12.", "+r13.")) is None
    assert read(address.replace("+r12.", "+b12.")) is None
    assert read("help+r12.aaaaaaaaaaaaaaaa@desk.example") is None
    assert read(DESK) is None


def test_an_older_key_is_still_accepted_and_a_foreign_one_is_not(app: Flask) -> None:
    address = sign(DESK, Purpose.REPLY, 12)
    before = settings().secret_key
    app.extensions["settings"] = replace(settings(), secret_key="another key " * 4)
    assert read(address) is None
    app.extensions["settings"] = replace(settings(), secret_key_fallbacks=(before,))
    assert read(address) == Signed(Purpose.REPLY, 12)


def test_an_address_without_room_stays_as_it_is(app: Flask) -> None:
    long = f"{'a' * 60}@desk.example"
    assert sign(long, Purpose.REPLY, 12) == long
