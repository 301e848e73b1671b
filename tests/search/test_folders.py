from pathlib import Path

import pytest

from app.search import folders
from app.search.folders import Folders, IndexBusy


def test_there_is_one_writer_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "LOCK_WAIT_S", 0.0)
    here, there = Folders(tmp_path, version="v1"), Folders(tmp_path, version="v1")
    with here.locked(), pytest.raises(IndexBusy), there.locked():
        pass
    with there.locked():
        pass


def test_a_wish_lasts_until_another_index_is_in_place(tmp_path: Path) -> None:
    some = Folders(tmp_path, version="v1")
    some.put_in_place(some.make())
    assert not some.another_is_wanted
    some.wish_for_another()
    assert some.another_is_wanted
    some.put_in_place(some.make())
    assert not some.another_is_wanted
