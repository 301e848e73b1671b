"""Articles in the search: found by their words, by those who may read them."""

from collections.abc import Callable

from flask import current_app

from app.accounts.audiences import audiences_of
from app.accounts.user import Person, Visitor
from app.search.query import find
from tests.support.cast import Cast
from tests.support.library import Library

Drain = Callable[[], int]


def titles(words: str, viewer: Person | None = None) -> list[str]:
    viewer = viewer or Visitor()
    with current_app.test_request_context():
        found = find(words, viewer=viewer, audiences=audiences_of(viewer), kinds=["article"])
    return [str(hit.title.striptags()) for hit in found.items]


def test_a_published_article_is_found_by_text_title_and_expected_words(
    library: Library, drain: Drain
) -> None:
    library.article(
        "a.md", "Pull the lever.", title="Start the engine", synonyms="[ignition]", tags="[motor]"
    )
    library.article("b.md", "The lever again.", title="A draft", status="draft")
    library.sync()
    drain()
    for words in ("lever", "engine", "ignition", "motor"):
        assert titles(words) == ["Start the engine"], words


def test_what_agents_read_is_found_by_agents(library: Library, drain: Drain, cast: Cast) -> None:
    library.article("a.md", "The lever.", title="Inside", visibility="agents")
    library.article("b.md", "The lever.", title="For members", visibility="signed_in")
    library.sync()
    drain()
    assert titles("lever") == []
    assert titles("lever", cast.customer) == ["For members"]
    assert sorted(titles("lever", cast.agent)) == ["For members", "Inside"]


def test_a_change_is_found_and_a_withdrawn_article_is_not(library: Library, drain: Drain) -> None:
    file = library.article("a.md", "The lever.", title="One")
    library.sync()
    drain()
    library.article("a.md", "The crank.", title="One")
    library.sync()
    drain()
    assert (titles("lever"), titles("crank")) == ([], ["One"])
    file.unlink()
    library.sync()
    drain()
    assert titles("crank") == []
