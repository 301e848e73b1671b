"""Merging lines: the same as `git merge-file`, on a thousand pairs of edits of real articles."""

import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.comparing import lines_of
from app.core.merging import has_marks, merge_lines, merge_with_marks
from app.core.settings import ROOT

CASES = 1000
TEXTS = [path.read_text() for path in sorted((ROOT / "content" / "articles").rglob("*.md"))]
WORDS = ["alpha", "beta", "gamma", "see", "also", "the", "of", "refund"]


def edited(text: str, rng: random.Random) -> str:
    """One to four changes as people make them: words, lines, paragraphs; taken out, moved, repeated."""
    lines = lines_of(text)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(lines)) if lines else 0
        rng.choice(CHANGES)(lines, at, rng)
    return "".join(lines)


def reword(lines: list[str], at: int, rng: random.Random) -> None:
    words = lines[at].rstrip("\n").split(" ") if lines else [""]
    words[rng.randrange(len(words))] = rng.choice(WORDS) + str(rng.random())
    lines[at : at + 1] = [" ".join(words) + "\n"]


def add_paragraph(lines: list[str], at: int, rng: random.Random) -> None:
    lines[at:at] = ["\n", " ".join(rng.choices(WORDS, k=6)) + f" {rng.random()}\n"]


def take_out(lines: list[str], at: int, rng: random.Random) -> None:
    del lines[at : at + rng.randint(1, 4)]


def move(lines: list[str], at: int, rng: random.Random) -> None:
    taken = lines[at : at + 3]
    del lines[at : at + 3]
    to = rng.randint(0, len(lines))
    lines[to:to] = taken


def repeat(lines: list[str], at: int, rng: random.Random) -> None:
    source = rng.randint(0, len(lines))
    lines[at:at] = lines[source : source + 2]


def drop_last_line_feed(lines: list[str], at: int, rng: random.Random) -> None:
    if lines:
        lines[-1] = lines[-1].rstrip("\n") + rng.choice(["", "!"])


CHANGES: list[Callable[[list[str], int, random.Random], None]] = [
    *(reword, reword, add_paragraph, add_paragraph, take_out, move, repeat, drop_last_line_feed),
]


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_it_is_what_git_makes_of_it(tmp_path: Path) -> None:
    rng = random.Random(5)
    clean = 0
    for number in range(CASES):
        base = rng.choice(TEXTS)
        one, other = edited(base, rng), edited(base, rng)
        merged = merge_lines(base, one, other)
        assert merged == merged_by_git(base, one, other, tmp_path), f"case {number}"
        clean += merged is not None
    assert 0.3 * CASES < clean < 0.95 * CASES


def merged_by_git(base: str, one: str, other: str, folder: Path) -> str | None:
    """None when git sees a conflict."""
    for name, text in (("base", base), ("one", one), ("other", other)):
        (folder / name).write_text(text, newline="")
    command = ["git", "merge-file", "-p", "-q", "one", "base", "other"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.stdout.decode() if done.returncode == 0 else None


@pytest.mark.parametrize(
    ("base", "one", "other", "merged"),
    [
        ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"),
        ("a\nb\nc\n", "A\nb\nc\n", "A\nb\nC\n", "A\nb\nC\n"),
        ("a\nb\n", "A\nb\n", "a\nB\n", None),
        ("a\n", "", "a\nb\n", None),
        ("a\n", "a\n", "", ""),
        ("", "a\n", "b\n", None),
        ("", "a\n", "a\n", "a\n"),
    ],
)
def test_small_cases(base: str, one: str, other: str, merged: str | None) -> None:
    assert merge_lines(base, one, other) == merged
    assert merge_lines(base, other, one) == merged


def test_contradictions_are_marked_and_all_else_is_merged() -> None:
    base, one, other = "a\nb\nc\nd\ne\n", "A\nb\nc\n1\ne\n", "a\nb\nc\n2\ne"
    marked = merge_with_marks(base, one, other, names=("file", "app"))
    assert marked == "A\nb\nc\n<<<<<<< file\n1\ne\n=======\n2\ne\n>>>>>>> app\n"
    assert has_marks(marked, names=("file", "app"))
    assert not has_marks(base, names=("file", "app"))
