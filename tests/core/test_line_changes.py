"""Comparing texts line by line and word by word: what is shown, and that it never takes long."""

import random
import time

import pytest

from app.core.line_changes import MOST_LINES, LineChanges, Row, line_changes
from app.core.word_changes import Kind


def said(row: Row | None) -> str:
    """A row as text, with what changed in it in brackets."""
    if row is None:
        return ""
    if row.left_out:
        return f"({row.left_out})"
    sign = {Kind.SAME: " ", Kind.GONE: "-", Kind.NEW: "+"}[row.kind]
    marks = {Kind.SAME: "{}", Kind.GONE: "[-{}]", Kind.NEW: "[+{}]"}
    return sign + "".join(marks[part.kind].format(part.text) for part in row.parts)


def inline(changes: LineChanges) -> list[str]:
    return [said(row) for row in changes.inline]


OLD = "One.\nTwo small words here.\nThree.\n"
NEW = "One.\nTwo big words here.\nThree.\nFour.\n"


def test_words_are_marked_in_lines_that_are_alike() -> None:
    changes = line_changes(OLD, NEW, by_word=True)
    assert inline(changes) == [
        " One.", "-Two [-small] words here.", "+Two [+big] words here.", " Three.", "+Four.",
    ]  # fmt: skip
    assert (changes.added, changes.removed) == (2, 1)


def test_lines_alone_are_marked_when_asked() -> None:
    changes = line_changes(OLD, NEW, by_word=False)
    assert "-Two small words here." in inline(changes)


def test_old_and_new_stand_beside_each_other() -> None:
    pairs = [(said(a), said(b)) for a, b in line_changes(OLD, NEW, by_word=False).beside]
    assert pairs == [
        (" One.", " One."),
        ("-Two small words here.", "+Two big words here."),
        (" Three.", " Three."),
        ("", "+Four."),
    ]


def test_lines_have_the_numbers_of_their_files() -> None:
    rows = list(line_changes("a\nb\n", "x\na\nb\n", by_word=True, first_line=(5, 7)).inline)
    assert [(row.old, row.new) for row in rows] == [(None, 7), (5, 8), (6, 9)]


def test_long_stretches_that_are_the_same_are_counted() -> None:
    same = "".join(f"{n}\n" for n in range(20))
    changes = line_changes(f"a\n{same}b\n", f"x\n{same}y\n", by_word=True)
    assert inline(changes) == [
        "-a", "+x", " 0", " 1", " 2", "(14)", " 17", " 18", " 19", "-b", "+y",
    ]  # fmt: skip


def test_a_single_line_is_not_left_out() -> None:
    same = "".join(f"{n}\n" for n in range(7))
    changes = line_changes(f"a\n{same}b\n", f"x\n{same}y\n", by_word=True)
    assert not any(row.left_out for row in changes.inline)


def test_lines_that_share_hardly_a_word_are_marked_whole() -> None:
    changes = line_changes(
        "Alpha beta gamma a delta.\n", "Every word is a new one!\n", by_word=True
    )
    assert inline(changes) == ["-Alpha beta gamma a delta.", "+Every word is a new one!"]


def test_the_same_text_has_nothing_to_show() -> None:
    assert line_changes(OLD, OLD, by_word=True).blocks == []


@pytest.mark.parametrize("words_in_line", [1, 12, 20_000])
def test_a_hundred_kilobytes_of_other_words_are_compared_at_once(words_in_line: int) -> None:
    chance = random.Random(words_in_line)
    words = [f"w{n}" for n in range(400)]

    def text() -> str:
        picked = [chance.choice(words) for _ in range(22_000)]
        lines = [picked[n : n + words_in_line] for n in range(0, len(picked), words_in_line)]
        return "\n".join(map(" ".join, lines))

    old, new = text(), text()
    assert len(old) > 100_000
    began = time.process_time()
    changes = line_changes(old, new, by_word=True)
    rows = list(changes.inline)
    assert time.process_time() - began < 3
    assert len(rows) <= 2 * MOST_LINES + 1
    shown = sum(row.kind is not Kind.SAME for row in rows)
    assert changes.unseen + shown == changes.added + changes.removed
