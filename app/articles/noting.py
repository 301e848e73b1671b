"""Noting how files stand to their articles, and what is wrong with them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select

from app.articles.content_file import ContentFile, FileState
from app.articles.deciding import Move
from app.articles.files.fault import Fault
from app.articles.known import Records
from app.articles.plan import Plan, Step
from app.core.db import db
from app.core.uow import verb


def note_steps(steps: Iterable[Step], bases: Mapping[str, int | None], plan: Plan) -> None:
    """Note the files of some steps; `bases` are the revisions that they hold, by article."""
    _replace(row for step in steps if (row := _row(step, bases[step.id], plan)) is not None)


@verb
def note_written(
    steps: Iterable[Step], shas: Mapping[str, str], live: Mapping[str, int], *, plan: Plan
) -> None:
    """Note that files hold the live texts now; `shas` are the files', `live` the revisions' ids."""
    _replace(
        ContentFile(
            path=step.path,
            article_id=step.id,
            base_revision_id=live[step.id],
            file_sha=shas[step.id],
            states_id=True,
            state=FileState.OK,
            faults=_plain(plan.faults.get(step.path, ())),
        )
        for step in steps
    )


def note_faults(plan: Plan, records: Records, *, but: Collection[str]) -> None:
    """Note what is wrong with all other files, and what is no longer."""
    found = {path: tuple(faults) for path, faults in plan.faults.items() if path not in but}
    changed = {path for path, faults in found.items() if faults != records.noted.get(path, ())}
    settled = {
        path
        for path, faults in records.noted.items()
        if not found.get(path) and path not in but and _is_settled(path, faults, plan)
    }
    rows = _rows_at(changed | settled)
    for path in sorted(changed | settled):
        row, faults = rows.get(path), found.get(path, ())
        if row is None and faults:
            row = ContentFile(path=path, article_id=None, file_sha="", states_id=False)
            db.session.add(row)
        if row is not None and not faults and row.article_id is None:
            db.session.delete(row)
        elif row is not None and row.state not in (FileState.CONFLICT, FileState.MISSING):
            bad = any(fault.is_error for fault in faults)
            row.state = FileState.ERROR if bad else FileState.OK
            row.faults = _plain(faults)


def _is_settled(path: str, faults: Iterable[Fault], plan: Plan) -> bool:
    """Whether faults that nobody found again are gone; warnings of unread files are not looked for."""
    was_bad = any(fault.is_error for fault in faults)
    return was_bad or path in plan.read or path not in plan.present


def _row(step: Step, base: int | None, plan: Plan) -> ContentFile | None:
    known = step.known
    row = ContentFile(
        path=step.path,
        article_id=step.id,
        base_revision_id=base,
        file_sha=step.file_sha or (known.file_sha if known else None) or "",
        states_id=step.states_id,
        state=FileState.OK,
        faults=_plain(plan.faults.get(step.path, ())),
    )
    match step.move:
        case Move.ARCHIVE | Move.REMOVE:
            row.state = FileState.MISSING
            return row if known else None
        case Move.GIVE:
            return row if known and known.path else None
    if step.conflicts:
        row.state = FileState.CONFLICT
    return row


def _replace(rows: Iterable[ContentFile]) -> None:
    """Files may have changed places, so all are taken away before they are noted again."""
    new = list(rows)
    if not new:
        return
    paths, ids = [row.path for row in new], [row.article_id for row in new]
    db.session.execute(delete(ContentFile).where(ContentFile.path.in_(paths)))
    db.session.execute(delete(ContentFile).where(ContentFile.article_id.in_(ids)))
    db.session.add_all(new)


def _rows_at(paths: Collection[str]) -> dict[str, ContentFile]:
    if not paths:
        return {}
    rows = db.session.scalars(select(ContentFile).where(ContentFile.path.in_(paths)))
    return {row.path: row for row in rows}


def _plain(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    return [asdict(fault) for fault in faults]
