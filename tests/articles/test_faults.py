"""Files with faults: each is reported with its place and skipped, the others are loaded."""

import pytest

from tests.support.library import Library

FAULTS = [
    ("---\ntitle: [a\nstatus: x\n---\n", "3:7 E101"),
    ("---\ntitle: a: b\n---\n", "2:9 E101"),
    ("---\ntitle: \x07\n---\n", "2:8 E101"),
    ("---\ntitle: " + "[" * 3000 + "]" * 3000 + "\n---\n", "2:1 E101"),
    ("---\ntitle: a\n\nNo end.", "1:1 E102"),
    ("---\ntitle: a\nlang: en\ntitle: b\n---\n", "4:1 E103"),
    ("---\ntitle: &x a\n---\n", "2:8 E104"),
    ("---\ntitle: *x\n---\n", "2:8 E104"),
    ("---\ntitle: !!python/object:os.system a\n---\n", "2:8 E104"),
    ("---\n- a\n- b\n---\n", "2:1 E105"),
    ("---\ntitle: [a, b]\n---\n", "2:1 E105"),
    ("---\ntitle: " + "a" * 201 + "\n---\n", "2:1 E105"),
    ("---\nid: kb_ABCDE23456\n---\n", "2:1 E105"),
    ("---\nslug: Not this\n---\n", "2:1 E105"),
    ("---\nstatus: publshed\n---\n", "2:1 E105"),
    ("---\ntitle: a\nvisibility: everybody\n---\n", "3:1 E105"),
    ("---\ntitle: a\nlang: en_US.UTF-8\n---\n", "3:1 E105"),
    ("---\ntags: one\n---\n", "2:1 E105"),
    ("---\nsynonyms: [a, [b]]\n---\n", "2:1 E105"),
    ("---\norder: first\n---\n", "2:1 E105"),
    ("---\npublish_at: soon\n---\n", "2:1 E105"),
    ("---\nfaq: perhaps\n---\n", "2:1 E105"),
    ("---\nsources: [mail:12]\n---\n", "2:1 E105"),
    ("---\nreview_every: often\n---\n", "2:1 E105"),
    ("---\ncategory: ../etc\n---\n", "2:1 E105"),
    ("---\nid: kb_aaaaaaaaaa\nrelated: [nobody]\n---\n", "3:1 E108"),
    ("---\ntranslation_of: kb_aaaaaaaaaa\n---\n", "2:1 E108"),
    ("---\npublish_at: 2026-12-01T10:00Z\nexpires_at: 2026-12-01T10:00Z\n---\n", "3:1 E109"),
    ("---\nslug: bad\naliases: [bad]\n---\n", "3:1 E113"),
    ("---\ntitle: a\naliases: [/help/good]\n---\n", "3:1 E113"),
    ("# One\n\n[nowhere](#two)", "3:11 E122"),
    ("[nowhere](good.md#two)", "1:11 E122"),
    (b"---\ntitle: a\n---\nGr\xfc\xdfe", "4:3 E110"),
    ("Some\0thing", "1:5 E110"),
    ("x" * 1_048_577, "1:1 E111"),
    ("One\n\nTwo [gone](gone.md) and [away](https://example.org)", "3:12 E120"),
    ("[r]\n\n[r]: ../other/gone.md#part", "3:6 E120"),
    ("[out](../../../etc/passwd)", "1:7 E120"),
    ("![a](pic.png)", "1:6 E121"),
]


@pytest.mark.parametrize(
    ("text", "fault"), FAULTS, ids=[f"{n} {f}" for n, (_, f) in enumerate(FAULTS)]
)
def test_a_fault_is_reported_with_its_place(
    library: Library, text: str | bytes, fault: str
) -> None:
    library.write("guides/bad.md", text)
    library.article("guides/good.md")
    load = library.sync()
    assert [code for code in load.codes("guides/bad.md") if " E" in code] == [fault]
    assert load.exit_code == 4
    assert load.summary == "Articles: 1 new, 1 skipped because of errors."


def test_all_faults_of_a_file_are_reported_at_once(library: Library) -> None:
    library.write("a.md", "---\nstatus: nope\norder: x\nsumary: a\n---\n[x](gone.md)")
    load = library.sync()
    assert load.codes("a.md") == ["1:1 W203", "2:1 E105", "3:1 E105", "4:1 W201"]
    assert 'did you mean "summary"?' in load.faults[3]


def test_a_symbolic_link_is_not_followed(library: Library) -> None:
    file = library.article("guides/real.md")
    (library.root / "guides/link.md").symlink_to(file)
    (library.root / "elsewhere").symlink_to("/etc")
    load = library.sync()
    assert load.codes("guides/link.md") == ["1:1 E112"]
    assert load.codes("elsewhere") == ["1:1 E112"]


def test_one_id_in_two_files_loads_neither(library: Library) -> None:
    library.article("a.md", id="kb_aaaaaaaaaa", slug="one")
    library.article("b.md", id="kb_aaaaaaaaaa", slug="two")
    load = library.sync()
    assert load.codes() == ["5:1 E107", "5:1 E107"]
    assert "b.md" in load.faults[0]
    assert "a.md" in load.faults[1]


def test_a_taken_address_stays_with_the_article_that_has_it(library: Library) -> None:
    library.article("z.md", slug="same")
    library.sync()
    library.article("a.md", slug="same")
    load = library.sync()
    assert load.codes() == ["5:1 E106"]
    assert load.faults[0].split(":")[0].endswith("a.md")
    assert "z.md" in load.faults[0]


def test_an_unknown_key_is_a_warning_that_stops_nothing(library: Library) -> None:
    library.article("a.md", stauts="draft")
    load = library.sync()
    assert (load.exit_code, load.codes("a.md")) == (0, ["5:1 W201"])
    assert 'did you mean "status"?' in load.faults[0]


def test_a_broken_folder_file_shows_nothing_to_more_people(library: Library) -> None:
    library.write("guides/_folder.yml", "title: Guides\nvisibility: agents: x\n")
    library.article("guides/unclear.md", visibility="")
    library.article("guides/clear.md", visibility="public")
    load = library.sync()
    assert load.codes("guides/_folder.yml") == ["2:19 E101"]
    assert load.codes("guides/unclear.md") == ["1:1 E105"]
    assert load.summary == "Articles: 1 new, 1 skipped because of errors."


def test_a_file_that_breaks_leaves_its_article_as_it_was(library: Library, client: object) -> None:
    library.article("a.md", "First.")
    library.sync()
    library.write("a.md", "---\ntitle: [\n---\nSecond.")
    load = library.sync()
    assert load.exit_code == 4
    assert "withdrawn" not in load.summary
    assert "First." in client.get("/help/a").text  # type: ignore[attr-defined]


def test_a_missing_folder_is_said(library: Library) -> None:
    library.root.rmdir()
    assert library.sync().exit_code == 6
