"""Where two texts differ, word by word."""

from app.core.word_changes import Kind, Part, word_changes


def test_words_that_changed_are_told_from_those_that_stayed() -> None:
    assert word_changes("You get it back soon.", "You get all back soon!") == [
        Part(Kind.SAME, "You get "),
        Part(Kind.GONE, "it"),
        Part(Kind.NEW, "all"),
        Part(Kind.SAME, " back soon"),
        Part(Kind.GONE, "."),
        Part(Kind.NEW, "!"),
    ]


def test_either_text_can_be_read_out_of_it() -> None:
    old, new = "One  two,\n\nthree ü", "Zero two; three\tü."
    parts = word_changes(old, new)
    assert "".join(each.text for each in parts if each.kind is not Kind.NEW) == old
    assert "".join(each.text for each in parts if each.kind is not Kind.GONE) == new


def test_equal_texts_have_no_changes() -> None:
    assert word_changes("a b", "a b") == [Part(Kind.SAME, "a b")]
    assert word_changes("", "") == []
