"""Slugs: titles as words of an address."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.slugs import slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("What's new?", "whats-new"),
        ("  Straße & Łódź – Æther ", "strasse-lodz-aether"),
        ("Import: CSV/JSON (2026)", "import-csv-json-2026"),
        ("résumé", "resume"),
    ],
)
def test_letters_become_plain(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_a_long_title_is_cut_between_words() -> None:
    assert slug("word " * 40) == "-".join(["word"] * 16)
    assert len(slug("x" * 200)) == 80


def test_a_title_in_another_script_has_an_address_of_its_own() -> None:
    assert slug("日本語") != slug("中文")
    assert slug("日本語") == slug("日本語")


@given(st.text(max_size=200))
def test_every_slug_has_the_form_of_one(title: str) -> None:
    assert re.fullmatch("[a-z0-9-]{1,80}", slug(title))
