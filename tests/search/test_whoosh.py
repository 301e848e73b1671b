"""The engine by itself: documents in, things out."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.search.asked import Asked
from app.search.document import Document
from app.search.engines import whoosh
from app.search.engines.whoosh import Ranked, Unreadable, WhooshEngine

START = datetime(2026, 1, 1, tzinfo=UTC)


def document(ref: int, title: str = "", body: str = "", *audiences: str, **more: str) -> Document:
    return Document(
        kind=more.get("kind", "note"),
        ref=str(ref),
        title=title,
        body=body,
        audiences=frozenset(audiences or ("public",)),
        not_for=frozenset(more.get("not_for", "").split()),
        updated_at=START + timedelta(days=ref),
    )


def built(folder: Path, *documents: Document) -> WhooshEngine:
    engine = WhooshEngine(folder)
    engine.build(documents)
    return engine


def search(
    engine: WhooshEngine,
    text: str,
    *audiences: str,
    kinds: Iterable[str] = ("note",),
    newest_first: bool = False,
    first: int = 0,
    count: int = 10,
) -> Ranked:
    return engine.search(
        Asked.from_text(text),
        kinds=kinds,
        audiences=audiences or ("public",),
        newest_first=newest_first,
        first=first,
        count=count,
    )


def found(engine: WhooshEngine, text: str, *audiences: str) -> list[int]:
    return [int(ref) for _, ref in search(engine, text, *audiences).things]


def test_words_are_found_in_any_form_case_and_accent(tmp_path: Path) -> None:
    engine = built(tmp_path, document(1, "Importing a history"), document(2, "", "Le café"))
    assert found(engine, "IMPORTS") == [1]
    assert found(engine, "cafe") == [2]


def test_a_title_counts_more_than_a_body(tmp_path: Path) -> None:
    text = "index and other words"
    engine = built(
        tmp_path, document(1, "Other", text), document(2, "The index", "Some other words")
    )
    assert found(engine, "index") == [2, 1]


def test_all_words_must_fit_if_enough_things_hold_them(tmp_path: Path) -> None:
    both = [document(n, "", "alpha beta") for n in range(3)]
    engine = built(tmp_path, *both, document(7, "", "alpha"))
    ranked = search(engine, "alpha beta")
    assert sorted(ranked.things) == [("note", "0"), ("note", "1"), ("note", "2")]
    assert not ranked.loosened


def test_some_words_are_enough_when_hardly_anything_holds_all(tmp_path: Path) -> None:
    engine = built(
        tmp_path, document(1, "", "alpha"), document(2, "", "alpha beta"), document(3, "", "gamma")
    )
    ranked = search(engine, "alpha beta")
    assert ranked.things == [("note", "2"), ("note", "1")]
    assert ranked.loosened


def test_a_phrase_is_words_in_a_row(tmp_path: Path) -> None:
    texts = ["index not found", "found no index", "index that nobody ever found"]
    engine = built(tmp_path, *(document(n, "", text) for n, text in enumerate(texts)))
    assert found(engine, '"index not found"') == [0]


def test_a_word_may_be_cut_with_an_asterisk(tmp_path: Path) -> None:
    engine = built(tmp_path, document(1, "", "configuration"), document(2, "", "confetti"))
    assert found(engine, "config*") == [1]


def test_nothing_is_found_for_another_audience(tmp_path: Path) -> None:
    engine = built(
        tmp_path, document(1, "secret", "", "agents"), document(2, "secret", "", "person:5")
    )
    assert found(engine, "secret") == []
    assert found(engine, "secret", "public", "agents") == [1]
    assert found(engine, "secret", "public", "person:5") == [2]


def test_a_document_meant_for_others_does_not_stand_beside_ones_own(tmp_path: Path) -> None:
    mine = document(1, "printer", "", "person:5", not_for="agents")
    engine = built(tmp_path, mine, document(1, "printer", "", "agents"))
    assert found(engine, "printer", "person:5", "agents") == [1]
    assert found(engine, "printer", "person:5") == [1]


def test_kinds_are_told_apart(tmp_path: Path) -> None:
    engine = built(tmp_path, document(1, "index"), document(1, "index", kind="card"))
    assert search(engine, "index", kinds=("card",)).things == [("card", "1")]
    assert len(search(engine, "index", kinds=("card", "note")).things) == 2


def test_the_newest_can_stand_first(tmp_path: Path) -> None:
    engine = built(tmp_path, document(1, "index"), document(3, "", "index"))
    engine.replace([("note", "2")], [document(2, "index index")])
    refs = [ref for _, ref in search(engine, "index", newest_first=True).things]
    assert refs == ["3", "2", "1"]


@pytest.mark.parametrize("newest_first", [False, True])
def test_pages_follow_each_other_without_gap_or_overlap(tmp_path: Path, newest_first: bool) -> None:
    engine = built(tmp_path, *(document(n, "index") for n in range(25)))
    pages = [
        search(engine, "index", first=start, newest_first=newest_first) for start in (0, 10, 20)
    ]
    assert sorted(int(ref) for page in pages for _, ref in page.things) == list(range(25))
    assert [page.more for page in pages] == [True, True, False]


def test_a_changed_thing_is_found_by_its_new_words_only(tmp_path: Path) -> None:
    engine = built(tmp_path, document(1, "alpha"), document(2, "alpha"))
    assert sorted(found(engine, "alpha")) == [1, 2]
    engine.replace([("note", "1"), ("note", "2")], [document(1, "beta")])
    assert found(engine, "alpha") == []
    assert found(engine, "beta") == [1]


def test_a_thing_without_documents_is_found_no_more(tmp_path: Path) -> None:
    engine = built(tmp_path, document(1, "alpha"))
    engine.replace([("note", "1")], [])
    assert found(engine, "alpha") == []


def test_visibility_follows_a_change(tmp_path: Path) -> None:
    engine = built(tmp_path, document(1, "alpha"))
    assert found(engine, "alpha") == [1]
    engine.replace([("note", "1")], [document(1, "alpha", "", "agents")])
    assert found(engine, "alpha") == []


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        '"of the"',
        "a:b",
        "AND",
        "NOT",
        "a NOT b",
        "[1 TO 5]",
        "~",
        "^2",
        "\\",
        "🦊",
        "'",
        "()",
    ],
)
def test_nothing_that_is_typed_breaks_the_search(tmp_path: Path, text: str) -> None:
    engine = built(tmp_path, document(1, "a b 1 5"))
    search(engine, text)


def test_another_process_sees_a_new_build(tmp_path: Path) -> None:
    writer = built(tmp_path, document(1, "alpha"))
    reader = WhooshEngine(tmp_path)
    assert found(reader, "alpha") == [1]
    writer.build([document(2, "alpha")])
    reader._look_at = 0.0
    assert found(reader, "alpha") == [2]
    assert len([each for each in tmp_path.iterdir() if each.is_dir()]) == 1


def test_threads_that_search_while_the_index_is_written_find_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh, "REFRESH_EVERY_S", 0.0)
    engine = built(tmp_path, *(document(n, "steady", "words") for n in range(20)))

    def look(_: int) -> bool:
        return sorted(int(ref) for _, ref in search(engine, "steady", count=50).things) == list(
            range(20)
        )

    with ThreadPoolExecutor(6) as pool:
        looks = pool.map(look, range(120))
        for number in range(8):
            engine.replace([("note", "3")], [document(3, "steady", f"words of edition {number}")])
        assert all(looks)


def test_without_an_index_there_is_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        search(WhooshEngine(tmp_path), "alpha")


# Whoosh leaves the file open that it could not read.
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("damage", [b"", b"garbage" * 1000])
def test_a_damaged_index_is_unreadable(tmp_path: Path, damage: bytes) -> None:
    folder = built(tmp_path, document(1, "alpha")).folders.current()
    assert folder
    for file in folder.iterdir():
        file.write_bytes(damage)
    with pytest.raises(Unreadable):
        search(WhooshEngine(tmp_path), "alpha")


def test_an_index_of_another_version_is_none(tmp_path: Path) -> None:
    engine = built(tmp_path, document(1, "alpha"))
    engine.folders.version = "v0"
    assert engine.folders.current() is None
    assert engine.folders.another_is_wanted
