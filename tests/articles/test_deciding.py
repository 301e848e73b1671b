"""The decision table of CONTENT_SYNC.md, section 4, row by row."""

from itertools import product

import pytest

from app.articles.deciding import Mode, Move, Standing, decide

LEVEL = {"base": "b", "file": "b", "live": "b", "tracked": True}

ROWS = [
    ("neither changed", {}, Move.KEEP),
    ("the file changed", {"file": "f"}, Move.TAKE),
    ("the app changed", {"live": "l"}, Move.GIVE),
    ("both changed alike", {"file": "x", "live": "x"}, Move.TAKE),
    ("both changed", {"file": "f", "live": "l"}, Move.MERGE),
    ("a new file", {"base": None, "live": None, "tracked": False}, Move.TAKE),
    ("a new article", {"base": None, "file": None, "tracked": False}, Move.GIVE),
    ("both new, alike", {"base": None, "tracked": False}, Move.TAKE),
    ("both new, not alike", {"base": None, "tracked": False, "live": "l"}, Move.MERGE),
    ("loaded before files were written", {"base": None, "file": "f", "live": "l"}, Move.TAKE),
    ("the file is gone", {"file": None}, Move.ARCHIVE),
    ("the file is gone, the app changed", {"file": None, "live": "l"}, Move.GIVE),
    ("gone, and known to be", {"file": None, "missing": True, "in_trash": True}, Move.KEEP),
    ("taken out of the trash", {"file": None, "missing": True}, Move.GIVE),
    ("the file came back", {"missing": True, "in_trash": True}, Move.TAKE),
    ("it came back changed", {"missing": True, "in_trash": True, "file": "f"}, Move.TAKE),
    ("put into the trash", {"in_trash": True}, Move.REMOVE),
    ("edited, then put into the trash", {"in_trash": True, "live": "l"}, Move.REMOVE),
    ("trash here, an edit there", {"in_trash": True, "file": "f"}, Move.TAKE),
    ("trash here, the file gone there", {"in_trash": True, "file": None}, Move.ARCHIVE),
    ("deleted for good", {"live": None, "tombstone": "b"}, Move.REMOVE),
    ("deleted for good, another text", {"live": None, "tombstone": "x"}, Move.REVIVE),
]  # fmt: skip


@pytest.mark.parametrize(("standing", "move"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS])
def test_the_table(standing: dict[str, str | bool | None], move: Move) -> None:
    assert decide(Standing(**(LEVEL | standing))) is move  # type: ignore[arg-type]


def every_standing() -> list[Standing]:
    texts = (None, "b", "f", "l")
    flags = (False, True)
    found = product(texts, texts, texts, flags, flags, flags, (None, "b", "x"))
    return [Standing(*each) for each in found if each[1] is not None or each[2] is not None]


def test_a_text_that_only_one_side_has_is_never_overwritten_by_another() -> None:
    for at in every_standing():
        move = decide(at)
        if move is Move.TAKE and at.live is not None and not (at.tracked and at.base is None):
            assert at.live in (at.base, at.file), at
        if move is Move.GIVE and at.file is not None:
            assert at.file == at.base, at
        if move is Move.REMOVE:
            assert at.in_trash or at.live is None, at
        if move is Move.ARCHIVE:
            assert at.file is None, at


def test_where_files_win_nothing_is_written_to_them() -> None:
    writing = {Move.GIVE, Move.MERGE, Move.REVIVE, Move.REMOVE}
    assert not [at for at in every_standing() if decide(at, Mode.IMPORT) in writing]


def test_where_files_win_a_file_that_changed_is_taken() -> None:
    for live in ("b", "l"):
        assert decide(Standing(**(LEVEL | {"file": "f", "live": live})), Mode.IMPORT) is Move.TAKE
