"""`flask content sync`, `check`, `status` and `watch`: files and articles, brought level."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

import click
from flask.cli import with_appcontext

from app.articles import standing, watching
from app.articles.deciding import Mode
from app.articles.files.committing import NotCommitted
from app.articles.files.fault import Fault
from app.articles.known import Records
from app.articles.plan import Step
from app.articles.planning import plan
from app.articles.quality.outward.asking import Outcome
from app.articles.quality.outward.in_files import lost_links
from app.articles.recording import record
from app.articles.reporting import FORMATS, report
from app.articles.syncing import SyncBusy, Synced, TooManyGone, planned, root_of, sync
from app.articles.ways import mode_of, ways_of
from app.core.settings import settings
from app.core.uow import reading

ACTOR = "command line"
CHANGES, CONFLICTS, INVALID, GUARDED, BUSY = 2, 3, 4, 5, 6
ORDER = (
    *("new", "changed", "merged", "exported", "written back", "withdrawn", "restored", "removed"),
    *("revived as drafts", "in conflict"),
)


@click.command("sync")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--direction", type=click.Choice(["both", "in", "out"]), default="both", show_default=True
)
@click.option("--only", metavar="ID|PATH", default="", help="This article alone.")
@click.option(
    "--allow-mass-delete", is_flag=True, help="Withdraw articles however many files are gone."
)
@click.option(
    "--commit", is_flag=True, help="Commit the files that were written, where there is git."
)
@with_appcontext
def sync_content(
    *, dry_run: bool, direction: str, only: str, allow_mass_delete: bool, commit: bool
) -> None:
    """Bring the files below content/articles/ and the articles level, in both directions.

    A file with an error is reported as file:line:column and skipped, its article stays as it is;
    all others are synced.  Exit status: 0 level, 2 a dry run found changes, 3 conflicts, 4 files with
    errors, 5 too many files are gone, 6 no folder, or another sync is at work.
    """
    if mode_of(settings()) is Mode.OFF:
        click.echo("Articles are not synced: HEARTH_CONTENT_MODE is off.")
        return
    ways = ways_of(settings(), direction=direction, only=_below_root(only))
    with refusals():
        root = existing_root()
        if dry_run:
            done = planned(root, ways=ways, watch=watch)
            gone = done.plan.gone if done.plan.is_suspicious else 0
            gone = gone or (len(done.assets.gone) if done.assets.is_suspicious else 0)
            if gone and not allow_mass_delete:
                raise TooManyGone(gone)
        else:
            done = sync(
                root,
                ways=ways,
                actor=ACTOR,
                watch=watch,
                however_many_gone=allow_mass_delete,
            )
    say(done, root, dry_run=dry_run)
    if commit and not dry_run:
        _commit(root, done)
    raise SystemExit(_status(done, dry_run=dry_run))


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("--external", is_flag=True, help="Ask other sites whether they are still there, too.")
@click.option("--format", "shape", type=click.Choice(FORMATS), default="text", show_default=True)
@with_appcontext
def check_content(paths: tuple[Path, ...], *, strict: bool, external: bool, shape: str) -> None:
    """Look for faults in the files, or in some of them.  Needs no database, changes nothing.

    With --external, the servers of links to the web are asked, each once a second; a link that leads
    nowhere is a warning.

    Exit status: 0 none, 4 files with errors (with --strict: or warnings), 6 there is no folder.
    """
    with refusals():
        root = existing_root()
        made = plan(root, Records(), zone=settings().zone, watch=watch)
    wanted = [path.resolve() for path in paths]

    def is_wanted(path: str) -> bool:
        return not wanted or any((root / path).is_relative_to(each) for each in wanted)

    found = [fault for faults in made.faults.values() for fault in faults]
    if external:
        steps = [step for step in made.steps if is_wanted(step.path)]
        found += lost_links(steps, root=root, watch=watch_answers)
    faults = sorted(fault for fault in found if is_wanted(fault.path))
    report(faults, root=root, shape=shape)
    if any(fault.is_error or strict for fault in faults):
        raise SystemExit(INVALID)


@click.command("status")
@with_appcontext
def show_status() -> None:
    """Say which articles and files are not level, as far as is known without reading the files."""
    with reading():
        lines = list(standing.lines())
    for line in lines:
        click.echo(line)
    click.echo(f"Mode: {mode_of(settings()).value}.")


@click.command("watch")
@click.option("--every", "every_s", type=click.FloatRange(min=0.1), default=5.0, show_default=True)
@with_appcontext
def watch_content(*, every_s: float) -> None:
    """Sync whenever a file or an article has changed; looks every few seconds, until it is stopped."""
    root = existing_root()
    click.echo(f"Watching {root}.")
    seen: object = None
    while True:
        now = watching.look(root)
        if now != seen:
            with refusals_said():
                done = sync(root, ways=ways_of(settings()), actor="watch")
                say(done, root, dry_run=False)
            seen = now
        sleep(every_s)


def existing_root() -> Path:
    """The folder of the articles.  Ends the command when it is not there."""
    root = root_of(settings())
    if not root.is_dir():
        click.echo(f"There is no folder {root}.", err=True)
        raise SystemExit(BUSY)
    return root


def watch(steps: list[Step]) -> Iterator[Step]:
    """The steps one by one, and a bar for those who wait."""
    people = sys.stderr.isatty() and bool(steps)
    with click.progressbar(
        steps, label="Reading articles", hidden=not people, file=sys.stderr
    ) as bar:
        yield from bar


def watch_answers(
    answers: Iterable[tuple[str, Outcome]], count: int
) -> Iterator[tuple[str, Outcome]]:
    """The answers of servers one by one, and a bar for those who wait."""
    people = sys.stderr.isatty() and bool(count)
    with click.progressbar(
        answers, length=count, label="Asking other sites", hidden=not people, file=sys.stderr
    ) as bar:
        yield from bar


@contextmanager
def refusals() -> Iterator[None]:
    """End the command with the status that says why nothing was done."""
    try:
        yield
    except TooManyGone as gone:
        said = f"{gone.number} files are gone, so nothing was done."
        fix = "look whether the folder is complete; if it is, use --allow-mass-delete."
        report([Fault("", 1, 1, "E901", said, fix)], root=root_of(settings()))
        raise SystemExit(GUARDED) from None
    except (SyncBusy, OSError) as fault:
        click.echo(str(fault), err=True)
        raise SystemExit(BUSY) from None


@contextmanager
def refusals_said() -> Iterator[None]:
    """Say why nothing was done, and go on."""
    with suppress(SystemExit), refusals():
        yield


def _commit(root: Path, done: Synced) -> None:
    try:
        id = record(root, done)
    except NotCommitted as fault:
        click.echo(f"The files are written, but not committed: {fault}", err=True)
        raise SystemExit(BUSY) from None
    if id:
        click.echo(f"Committed as {id}.")


def _below_root(only: str) -> str:
    """An id as it is; a path as it is seen from the folder of the articles."""
    path = Path(only).resolve()
    root = root_of(settings()).resolve()
    return path.relative_to(root).as_posix() if only and path.is_relative_to(root) else only


def say(done: Synced, root: Path, *, dry_run: bool) -> None:
    """Print what a sync did, or would do."""
    report(done.faults, root=root)
    if dry_run:
        for step in done.plan.steps:
            click.echo(f"{step.what}: {step.id} {step.path}")
        for line in done.assets.lines:
            click.echo(line)
    conflicts = [step for step in done.plan.steps if step.conflicts]
    for step in conflicts:
        said = (
            f"{step.path}: {step.id} was changed here and in the app: {', '.join(step.conflicts)}."
        )
        click.echo(f"{said} See flask content diff {step.id}", err=True)
    for path in [*done.untouched, *done.stored.overtaken]:
        click.echo(f"{path} was changed meanwhile; sync again.", err=True)
    if done.assets:
        click.echo(f"Pictures: {', '.join(_parts_of_assets(done))}.")
    click.echo(f"Articles: {', '.join(_parts(done, dry_run=dry_run)) or 'none'}.")


def _parts(done: Synced, *, dry_run: bool) -> Iterable[str]:
    counts = done.plan.counts if dry_run else done.stored.counts
    said = [*((counts[what], what) for what in ORDER), (done.plan.unchanged, "unchanged")]
    said += [
        (len(done.plan.skipped), "skipped because of errors"),
        (len(done.plan.waiting), "left out"),
    ]
    return (f"{number:,} {what}" for number, what in said if number)


def _parts_of_assets(done: Synced) -> Iterable[str]:
    assets = done.assets
    said = (assets.new, "new"), (assets.changed, "changed"), (assets.gone, "gone")
    return (f"{len(paths):,} {what}" for paths, what in said if paths)


def _status(done: Synced, *, dry_run: bool) -> int:
    if any(fault.is_error for fault in done.faults):
        return INVALID
    if done.plan.conflicts:
        return CONFLICTS
    return CHANGES if dry_run and (done.plan.steps or done.assets) else 0
