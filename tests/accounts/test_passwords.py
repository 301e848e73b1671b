import pytest
from argon2 import PasswordHasher

from app.accounts import passwords
from app.core.errors import InvalidInput


def test_a_hash_matches_its_password_and_no_other() -> None:
    stored = passwords.hashed("a quiet evening at home")
    assert passwords.matches(stored, "a quiet evening at home")
    assert not passwords.matches(stored, "a quiet evening at work")


def test_nobodys_password_matches_nothing() -> None:
    assert not passwords.matches(None, "nobody has this password")
    assert passwords.matches(passwords.NOBODYS, "nobody has this password")


def test_nobodys_hash_costs_as_much_as_anybodys() -> None:
    assert not PasswordHasher().check_needs_rehash(passwords.NOBODYS)


def test_the_same_letters_match_however_they_are_composed() -> None:
    stored = passwords.hashed("cafe\u0301 au lait")
    assert passwords.matches(stored, "caf\u00e9 au lait")


@pytest.mark.parametrize(
    "password",
    [
        "short one",
        "x" * 201,
        "Password123",
        "cleo@house.example",
        "cleo.anna.hill",
        "aaaaaaaaaabb",
        "hearth demo only",
    ],
)
def test_short_long_and_guessable_passwords_are_refused(password: str) -> None:
    email = "cleo.anna.hill@house.example" if "anna" in password else "cleo@house.example"
    with pytest.raises(InvalidInput) as caught:
        passwords.check(password, email=email)
    assert caught.value.field == "password"


@pytest.mark.parametrize("password", ["ten letter", "word " * 40, "ein ruhiger Abend zu Hause"])
def test_others_are_taken(password: str) -> None:
    passwords.check(password, email="cleo@house.example")
