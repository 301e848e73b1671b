"""The night shift of the search: the only hands that write the index."""

from typing import Any

from app.core.jobs import batch_job, job
from app.search import index


@batch_job(size=500)
def reindex(batch: list[dict[str, Any]]) -> None:
    """Bring things up to date in the index, many in one commit.  Arguments: `kind` and `ref`."""
    index.update((each["kind"], each["ref"]) for each in batch)


@job()
def rebuild() -> None:
    """Build the index anew."""
    index.rebuild()


@job()
def look_after() -> None:
    """Order another index if there is none, or if somebody could not read it."""
    if index.engine().folders.another_is_wanted:
        rebuild.later(_key="search rebuild")
