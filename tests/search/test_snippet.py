from app.search.asked import Asked
from app.search.snippet import LENGTH, marked, snippet

FILLER = "Lorem ipsum dolor sit amet. " * 40


def test_other_forms_of_the_word_are_marked() -> None:
    asked = Asked.from_text("import")
    assert marked("Imported, importing; imposing.", asked) == (
        "<mark>Imported</mark>, <mark>importing</mark>; imposing."
    )


def test_html_in_a_text_is_escaped_inside_and_outside_of_marks() -> None:
    asked = Asked.from_text("alert b")
    text = "<script>alert('a & b')</script>"
    assert marked(text, asked) == (
        "&lt;script&gt;<mark>alert</mark>(&#39;a &amp; <mark>b</mark>&#39;)&lt;/script&gt;"
    )


def test_accents_do_not_matter_for_marking() -> None:
    assert marked("Le café", Asked.from_text("cafe")) == "Le <mark>café</mark>"


def test_a_beginning_marks_every_word_that_begins_so() -> None:
    assert marked("configure confetti", Asked.from_text("conf*")) == (
        "<mark>configure</mark> <mark>confetti</mark>"
    )


def test_the_snippet_is_around_the_place_with_most_of_the_words() -> None:
    text = f"{FILLER}One index. {FILLER}The index is empty without a worker. {FILLER}"
    shown = snippet(text, Asked.from_text("index worker empty"))
    assert "<mark>index</mark> is <mark>empty</mark> without a <mark>worker</mark>" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_the_snippet_of_a_text_without_the_words_is_its_beginning() -> None:
    shown = snippet(FILLER, Asked.from_text("index"))
    assert shown.startswith("Lorem ipsum")
    assert len(shown) <= LENGTH + 1


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("The index.", Asked.from_text("nothing")) == "The index."


def test_nothing_is_marked_for_a_search_without_words() -> None:
    assert marked("a < b", Asked.from_text("???")) == "a &lt; b"


def test_markdown_is_not_shown_in_a_short_text_or_in_a_long_one() -> None:
    asked = Asked.from_text("worker")
    text = "- Start the **worker**, see [the guide](https://x.example/worker)."
    plain = "Start the <mark>worker</mark>, see the guide."
    assert snippet(text, asked) == plain
    assert plain in snippet(f"{FILLER}\n\n{text}\n\n{FILLER}{FILLER}", asked)
