"""Recording in git what a sync wrote, for those who ask for it: one commit, under the name of the desk."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from app.articles.assets.image import Asset
from app.articles.files.committing import commit, is_work_tree, untracked
from app.articles.plan import Step
from app.articles.syncing import Synced
from app.core.db import db
from app.core.settings import settings
from app.core.uow import reading

MOST_NAMED = 50


def record(root: Path, done: Synced) -> str | None:
    """Commit the files that the sync wrote or removed, and pictures that came by the browser.

    Gives the short id of the commit, None when there was nothing to commit, or no work tree of git.
    Raises NotCommitted.
    """
    folder, known = root.parent, settings()
    steps = [step for step in done.plan.steps if step.id in done.written]
    paths = [f"articles/{step.path}" for step in steps]
    if not is_work_tree(folder):
        return None
    with reading():
        brought = db.session.scalars(select(Asset.path).where(Asset.from_app)).all()
    paths += untracked(folder, [f"assets/{path}" for path in brought])
    message = "\n".join(_message(steps, len(paths) - len(steps)))
    return commit(folder, paths, message=message, name=known.desk_name, email=known.mail_from)


def _message(steps: list[Step], pictures: int) -> Iterator[str]:
    """What was done, in a line; then each file, with the name of its article."""
    counts: dict[str, int] = {}
    for step in steps:
        counts[step.what] = counts.get(step.what, 0) + 1
    if pictures:
        counts["pictures brought"] = pictures
    said = ", ".join(f"{number} {what}" for what, number in counts.items())
    yield f"Sync articles from {settings().desk_name}: {said}"
    if steps:
        yield ""
    for step in steps[:MOST_NAMED]:
        title = f" ({step.prepared.fields.title})" if step.prepared else ""
        yield f"{step.what}: {step.path}{title}"
    if len(steps) > MOST_NAMED:
        yield f"and {len(steps) - MOST_NAMED} more"
