"""Importing articles from elsewhere: planned first, then taken in whole or not at all."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from app.articles.deciding import Mode
from app.articles.exchange.plan import ImportPlan, Wishes
from app.articles.exchange.planning import Watch, plan_import
from app.articles.exchange.source.source import Source
from app.articles.exchange.taking_in import take_in
from app.articles.files.writing import put_new
from app.articles.syncing import only_one, root_of
from app.articles.ways import mode_of
from app.core.errors import NotAllowed
from app.core.settings import settings
from app.core.uow import reading, unit_of_work


def planned_import(source: Source, *, wishes: Wishes, watch: Watch = iter) -> ImportPlan:
    """What an import would do: writes nothing.  Raises UnusableSource."""
    root = root_of(settings())
    with reading():
        return plan_import(source, root=root, wishes=wishes, zone=settings().zone, watch=watch)


def import_articles(
    source: Source,
    *,
    wishes: Wishes,
    author: str,
    watch: Watch = iter,
    also: Callable[[ImportPlan], None] | None = None,
) -> ImportPlan:
    """Import a source.  Articles, revisions and quarantine are stored together or not at all.

    `also` is done in the same transaction, if it is given.

    Pictures and `_folder.yml` files are written before, where no file is, and taken away again when
    the rest fails.  Raises UnusableSource, NotAllowed where files win, SyncBusy, Conflict, OSError.
    """
    refuse_where_files_win()
    content = settings().content
    with only_one(settings().instance):
        plan = planned_import(source, wishes=wishes, watch=watch)
        written: list[Path] = []
        try:
            for path in _write_files(content, plan):
                written.append(path)
            with unit_of_work():
                take_in(plan, author=author)
                if also is not None:
                    also(plan)
        except BaseException:
            for file in written:
                with suppress(OSError):
                    file.unlink()
            raise
    return plan


def refuse_where_files_win() -> None:
    """Raise NotAllowed where articles are edited in files only."""
    if mode_of(settings()) is Mode.IMPORT:
        raise NotAllowed("Articles are edited in files here. Put the files into content/articles.")


def _write_files(content: Path, plan: ImportPlan) -> Iterator[Path]:
    """Write pictures and descriptions of folders where no file is.  Gives each that was written."""
    content.mkdir(parents=True, exist_ok=True)
    for path, data in plan.files.items():
        if put_new(content, path, data):
            yield content / path
