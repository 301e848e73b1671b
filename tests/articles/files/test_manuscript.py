"""Texts taken apart, and single keys set in them: every other line stays byte for byte."""

import random

import pytest

from app.articles.files.fault import Faulty
from app.articles.files.manuscript import Manuscript
from app.core.settings import ROOT

OWN = sorted((ROOT / "content" / "articles").rglob("*.md"))
HEAD = (
    "---  \n# a comment\nid: kb_aaaaaaaaaa\ntitle: 'It''s'  # why\n\ntags:\n  - a\n  - b\n# end\n"
    "...\nBody\n---\n"
)


@pytest.mark.parametrize(
    "text", [HEAD, "", "Body", "---\n---", "---\n---\n", "---\n{a: 1}\n---\n\n", "--- x\n"]
)
def test_a_text_is_put_together_again_as_it_was(text: str) -> None:
    assert Manuscript.of(text).text == text


def test_our_own_articles_are_put_together_again_as_they_were() -> None:
    for path in OWN:
        assert Manuscript.of(path.read_text()).text == path.read_text()


def test_an_open_front_matter_is_refused() -> None:
    with pytest.raises(Faulty):
        Manuscript.of("---\ntitle: a\n")


def test_setting_a_key_changes_its_lines_only() -> None:
    changed = Manuscript.of(HEAD).setting({"title": "no", "tags": ["a", "x: y"], "order": 3})
    assert changed.text == (
        "---  \n# a comment\nid: kb_aaaaaaaaaa\ntitle: 'no'\n\ntags: [a, 'x: y']\n# end\norder: 3\n"
        "...\nBody\n---\n"
    )
    assert changed.front == {
        "id": "kb_aaaaaaaaaa", "title": "no", "tags": ["a", "x: y"], "order": "3",
    }  # fmt: skip


def test_a_key_that_is_left_out_takes_its_lines_along() -> None:
    assert Manuscript.of(HEAD).setting({"tags": None}).text == HEAD.replace(
        "tags:\n  - a\n  - b\n", ""
    )


def test_an_id_comes_first_and_makes_a_front_matter_if_need_be() -> None:
    with_id = Manuscript.of("Body").setting({"id": "kb_aaaaaaaaaa"})
    assert with_id.text == "---\nid: kb_aaaaaaaaaa\n---\nBody"
    assert with_id.setting({"id": None}).text == "Body"


@pytest.mark.parametrize(
    "settings",
    [
        "{title: a, order: 1}\n",
        "  title: a\n  order: 1\n",
        "? title\n: a\n? order\n: 1\n",
        "# c\n{title: a,\norder: 1}\n",
    ],
)
def test_what_is_not_written_key_by_line_is_written_so_first(settings: str) -> None:
    changed = Manuscript.of(f"---\n{settings}---\nBody").setting({"order": 2})
    assert changed.front == {"title": "a", "order": "2"}
    assert changed.body == "Body"


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_set_is_read_again_and_nothing_else_changes(seed: int) -> None:
    rng = random.Random(seed)
    before = Manuscript.of(rng.choice(OWN).read_text())
    strange = [
        "yes",
        "a: b",
        "# x",
        "'",
        '"',
        "é\u2028x\x85",
        "- a",
        "2026-01-01",
        "",
        "{a}",
        "a\nb",
        "1.10",
    ]
    changes = {
        key: rng.choice([rng.choice(strange), rng.sample(strange, 3), None])
        for key in rng.sample(["title", "tags", "order", "new", "summary", "synonyms"], 3)
    }
    after = before.setting(changes)
    wanted = {key: value for key, value in {**before.front, **changes}.items() if value is not None}
    assert Manuscript.of(after.text).front == wanted
    assert after.body == before.body
    for key in set(before.front) - set(changes):
        assert after.lines_for(key) == before.lines_for(key)
