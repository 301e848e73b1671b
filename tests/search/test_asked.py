import pytest

from app.search.asked import Asked, folded


def parts(text: str) -> tuple[str, ...]:
    return Asked.from_text(text).parts


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("password mail missing", ("password", "mail", "missing")),
        ('say "index not found" now', ("say", '"', "index", "not", "found", '"', "now")),
        ("version 3.51.3 of app.db", ("version", "3.51.3", "of", "app.db")),
        ("import* im* *import", ("import*", "im", "import")),
        ("title:secret OR (a NOT b)", ("title", "secret", "OR", "a", "NOT", "b")),
        ("HEARTH_SECRET_KEY", ("HEARTH_SECRET_KEY",)),
        ("(((:::***", ()),
        ("", ()),
    ],
)
def test_what_is_typed_is_read_as_words_phrases_and_beginnings(
    typed: str, read: tuple[str, ...]
) -> None:
    assert parts(typed) == read


def test_a_search_has_twelve_words_at_most() -> None:
    assert len(parts(" ".join(f"word{n}" for n in range(30)))) == 12


def test_a_search_has_two_hundred_characters_at_most() -> None:
    assert len(Asked.from_text("x" * 5000).typed) == 200


def test_words_of_every_text_do_not_count() -> None:
    assert Asked.from_text("How do I keep the originals?").words == ("keep", "originals")


def test_words_count_once_without_case_and_accents() -> None:
    assert Asked.from_text("Café cafe CAFÉ").words == ("cafe",)


def test_a_word_may_begin_as_its_stem_does() -> None:
    assert Asked.from_text("importing happy").beginnings == ("import", "happ")


@pytest.mark.parametrize("text", ["Ünïcode", "İstanbul", "straße", "日本語 text"])
def test_folding_keeps_every_position(text: str) -> None:
    assert len(folded(text)) == len(text)
