"""Random histories of both sides: whatever people do, and whenever it is synced, no word is lost.

Three thousand run on values in memory, through the same decisions and merges as the real sync; some
dozens on a real folder and a real database, through the real command (`test_real_histories.py`).
"""

import random
import re
from collections import Counter
from dataclasses import dataclass, field

import pytest

from app.articles.deciding import Move, Standing, decide
from app.articles.files.manuscript import Manuscript
from app.articles.merging import merge
from app.core.comparing import lines_of

HISTORIES = 3200
IN_ONE_TEST = 400
ID = "kb_aaaaaaaaaa"
START = f"---\nid: {ID}\ntitle: start\ntags: [a, b]\n---\n" + "".join(
    f"line {n}\n\n" for n in range(8)
)


@dataclass
class Desk:
    """An article, its file, and everything that was kept of either."""

    rng: random.Random
    file: Manuscript | None = None
    live: Manuscript | None = None
    base: Manuscript | None = None
    missing: bool = False
    in_trash: bool = False
    tombstone: str | None = None
    kept: set[str] = field(default_factory=set)
    """The words in revisions and in quarantine."""
    seen: set[str] = field(default_factory=set)
    """The words that a sync saw on either side, unless somebody deleted them for good since."""
    draft: Manuscript | None = None
    """The text of the file that could not be merged."""

    def sync(self) -> Move:
        """One sync, as `storing.py` and `syncing.py` do it."""
        move = decide(self.standing)
        self.seen |= words(self.file) | words(self.live)
        self.draft = None
        getattr(self, f"_{move.value}")()
        lost = self.seen - self.kept - words(self.file) - words(self.live)
        assert not lost, (move, lost)
        return move

    @property
    def standing(self) -> Standing:
        file, live, base = (each and each.sha for each in (self.file, self.live, self.base))
        return Standing(
            base, file, live, base is not None, self.missing, self.in_trash, self.tombstone
        )

    def say(self, text: Manuscript) -> None:
        self.live = text
        self.kept |= words(text)

    def _keep(self) -> None:
        pass

    def _take(self) -> None:
        assert self.file
        self.say(self.file)
        self.base, self.missing, self.in_trash = self.file, False, False

    def _give(self) -> None:
        assert self.live
        self.file = self.base = self.live
        self.missing = self.in_trash = False

    def _merge(self) -> None:
        assert self.file and self.live
        found = merge(self.base, self.file, self.live)
        self.kept |= words(self.file)
        self.in_trash = self.missing = False
        if found.manuscript is None:
            self.draft = self.file
            return
        new = (words(self.file) | words(self.live)) - words(self.base)
        assert new <= words(found.manuscript), "a merge without conflict has the words of both"
        self.say(found.manuscript)
        self.base = self.file
        if self.rng.random() < 0.8:  # else it was cut short before the file was written
            self._give()

    def _revive(self) -> None:
        assert self.file
        self.kept |= words(self.file)
        self.base, self.tombstone = self.file, None
        self.say(self.file.setting({"status": "draft"}))

    def _archive(self) -> None:
        self.missing = self.in_trash = True

    def _remove(self) -> None:
        assert self.file
        self.kept |= words(self.file)
        self.file, self.missing = None, self.live is not None

    def resolve(self) -> None:
        """Somebody chooses, or writes a text of their own."""
        assert self.draft and self.live
        chosen = self.rng.choice(["file", "app", "both"])
        if chosen == "file":
            self.say(self.draft)
        elif chosen == "both":
            self.say(self.draft.saying(self.draft.body + self.live.body))
        self.base, self.draft = self.draft, None


def edited(text: Manuscript, word: str, rng: random.Random) -> Manuscript:
    """The text with one new word in it, somewhere; now and then something is taken out, too."""
    kind = rng.random()
    if kind < 0.15:
        return text.setting({"tags": [*_tags(text), word]})
    if kind < 0.25:
        return text.setting({"title": word})
    lines = lines_of(text.body)
    at = rng.randint(0, len(lines))
    if kind < 0.6:
        lines[at:at] = [f"{word}\n", "\n"]
    elif kind < 0.85 and lines:
        at = min(at, len(lines) - 1)
        lines[at] = f"{word} {lines[at]}"
    else:
        lines[at : at + 2] = [f"{word}\n"]
    return text.saying("".join(lines))


def _tags(text: Manuscript) -> list[str]:
    tags = text.front.get("tags", [])
    return [str(each) for each in tags] if isinstance(tags, list) else []


def words(text: Manuscript | None) -> set[str]:
    """The words that people added, and where we began."""
    return set(re.findall(r"w\d+x\d+", text.text)) if text else set()


def live_through(seed: int) -> Desk:
    """A desk after a random history."""
    rng = random.Random(seed)
    desk = Desk(rng, file=Manuscript.of(START))
    desk.sync()
    for number in range(rng.randint(4, 14)):
        act(desk, f"w{seed}x{number}", rng)
        if rng.random() < 0.45:
            desk.sync()
    return desk


def act(desk: Desk, word: str, rng: random.Random) -> None:
    """What somebody does on one of the two sides."""
    match rng.choices(range(8), weights=[30, 30, 4, 4, 3, 3, 1, 3])[0]:
        case 0 if desk.file:
            desk.file = edited(desk.file, word, rng)
        case 1 if desk.live and not desk.in_trash:
            desk.say(edited(desk.live, word, rng))
        case 2:
            desk.file = None
        case 3 if desk.live:
            desk.in_trash = True
        case 4 if desk.live:
            desk.in_trash = False
        case 5 if desk.base and desk.file is None:
            desk.file = desk.base
        case 6 if desk.live:
            desk.tombstone = desk.base.sha if desk.base else ""
            desk.live, desk.base, desk.draft = None, None, None
            desk.in_trash = desk.missing = False
            desk.seen, desk.kept = set(), set()
        case 7 if desk.draft:
            desk.resolve()


@pytest.mark.parametrize("first", range(0, HISTORIES, IN_ONE_TEST))
def test_no_word_is_lost_and_both_sides_agree_in_the_end(first: int) -> None:
    moves: Counter[Move] = Counter()
    for seed in range(first, first + IN_ONE_TEST):
        desk = live_through(seed)
        for _ in range(4):
            moves[desk.sync()] += 1
            if desk.draft:
                desk.resolve()
        assert desk.sync() is Move.KEEP, seed
        if desk.file or not (desk.in_trash or desk.live is None):
            assert desk.file == desk.live == desk.base, seed
    assert moves[Move.MERGE] and moves[Move.GIVE] and moves[Move.TAKE]
