"""Imports of the browser that go wrong: nothing is half done, nothing waits for ever."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.articles import jobs
from app.articles.article import Article
from app.articles.exchange import accepting, importing, taking_in
from app.articles.exchange.intake import Intake, IntakeState
from app.articles.exchange.plan import Wishes
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.uow import begin_writing, unit_of_work
from tests.articles.exchange.test_archives import archive
from tests.support.cast import Cast
from tests.support.library import Library

SITE = archive(("a.md", b"# A\n\n![p](p.png)\n"), ("p.png", b"\x89PNG\r\n\x1a\n"))


@pytest.fixture
def sent(library: Library, cast: Cast) -> int:
    with unit_of_work():
        wishes = Wishes(into="there")
        return accepting.accept("site.zip", SITE, wishes=wishes, by=cast.lead).id


@pytest.fixture
def confirmed(sent: int) -> int:
    accepting.look_into(sent)
    with unit_of_work():
        accepting.confirm(the(sent))
    return sent


def the(id: int) -> Intake:
    db.session.rollback()
    return db.session.get_one(Intake, id)


def written(library: Library) -> list[str]:
    return [path.name for path in library.root.parent.rglob("*") if path.is_file()]


def fail_with(fault: Exception) -> Callable[..., None]:
    def fail(*_: Any, **__: Any) -> None:
        raise fault

    return fail


def test_reading_a_source_locks_nothing(sent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    plan = importing.plan_import

    def watched(*args: Any, **more: Any) -> Any:
        seen.append(db.session().info.get("writing", False))
        return plan(*args, **more)

    monkeypatch.setattr(importing, "plan_import", watched)
    accepting.look_into(sent)
    with unit_of_work():
        accepting.confirm(the(sent))
    accepting.carry_out(sent)
    assert seen == [False, False]
    assert the(sent).state is IntakeState.DONE


def test_what_breaks_is_refused_and_leaves_nothing(
    confirmed: int, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "bump", fail_with(ValueError("secret detail")))
    accepting.carry_out(confirmed)
    intake = the(confirmed)
    assert (intake.state, intake.data) == (IntakeState.REFUSED, b"")
    assert "went wrong" in intake.report["said"] and "secret" not in intake.report["said"]
    assert db.session.scalar(select(Article.id)) is None
    assert written(library) == []


@pytest.mark.parametrize("fault", [Conflict("Somebody else."), OSError("full")])
def test_what_may_go_well_later_is_tried_again(
    fault: Exception, confirmed: int, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(taking_in, "bump", fail_with(fault))
        with pytest.raises(type(fault)):
            accepting.carry_out(confirmed)
    assert (the(confirmed).state, written(library)) == (IntakeState.CONFIRMED, [])
    accepting.carry_out(confirmed)
    assert the(confirmed).state is IntakeState.DONE


def test_a_source_that_breaks_its_reader_is_refused(
    sent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "plan_import", fail_with(ValueError("x")))
    accepting.look_into(sent)
    assert the(sent).state is IntakeState.REFUSED


def test_what_was_decided_meanwhile_stays(
    confirmed: int, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = importing.plan_import

    def overtaken(*args: Any, **more: Any) -> Any:
        made = plan(*args, **more)
        with unit_of_work():
            begin_writing()
            db.session.execute(update(Intake).values(state=IntakeState.REFUSED))
        return made

    monkeypatch.setattr(importing, "plan_import", overtaken)
    with pytest.raises(Conflict):
        accepting.carry_out(confirmed)
    assert the(confirmed).state is IntakeState.REFUSED
    assert db.session.scalar(select(Article.id)) is None and written(library) == []


@pytest.mark.parametrize(("days", "is_kept"), [(6, True), (8, False)])
def test_sources_that_nobody_takes_in_are_let_go(sent: int, days: int, is_kept: bool) -> None:
    accepting.look_into(sent)
    with unit_of_work():
        begin_writing()
        then = clock.now() - timedelta(days=days)
        db.session.execute(update(Intake).values(created_at=then))
    with unit_of_work():
        jobs.drop_old_sources()
    intake = the(sent)
    assert (intake.state is IntakeState.READY, bool(intake.data)) == (is_kept, is_kept)
    assert is_kept or "7 days" in intake.report["said"]
