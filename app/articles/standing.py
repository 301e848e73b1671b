"""How files and articles stand to each other, in words."""

from collections.abc import Iterator

from sqlalchemy import select

from app.articles.article import Article
from app.articles.content_file import FileState
from app.articles.known import Known
from app.articles.recalling import recall
from app.articles.sync_run import SyncRun
from app.core.db import db


def lines() -> Iterator[str]:
    """A line for each article that is not level with its file, one for each fault, and a count."""
    records = recall()
    level = 0
    for known in sorted(records.articles.values(), key=lambda each: (each.path or "", each.id)):
        state = state_of(known)
        if state == "level":
            level += 1
        else:
            yield f"{state}: {known.id} {known.path or '(no file)'}"
    for _, faults in sorted(records.noted.items()):
        yield from map(str, faults)
    last = db.session.scalars(select(SyncRun).order_by(SyncRun.id.desc()).limit(1)).first()
    if last:
        did = (
            ", ".join(f"{number} {what}" for what, number in last.counts.items()) or "nothing to do"
        )
        yield f"Last sync: {last.finished_at:%Y-%m-%d %H:%M} UTC by {last.actor}: {did}."
    yield f"Level: {level:,} of {len(records.articles):,} articles."


def state_of(known: Known) -> str:
    """How an article stands to its file, in a word or two."""
    if known.state is FileState.CONFLICT:
        return "in conflict"
    if known.in_trash:
        return "in the trash"
    if known.state is FileState.ERROR:
        return "file with errors"
    if known.live_sha != known.base_sha:
        return "newer in the app"
    return "level" if known.states_id else "level, id not in the file"


def conflicts() -> int:
    """How many articles are in conflict."""
    return len(
        db.session.scalars(select(Article.id).where(Article.draft_revision_id.is_not(None))).all()
    )
