"""The sync of files and articles: planned, stored, written; one at a time; nothing is ever lost.

Files are written after the database has committed, each over what was seen and nothing else, and what
they hold is noted last.  Wherever this is cut short, the next sync finds the same things to do, or that
they are done.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import select

from app.accounts.user import User
from app.articles.deciding import Mode, Move
from app.articles.files.commits import authors_of
from app.articles.files.fault import Fault
from app.articles.files.manuscript import Manuscript
from app.articles.files.source_file import LARGEST_BYTES
from app.articles.files.writing import FileChanged, remove, write
from app.articles.images.taking_in import Taken, forget, look, take_in
from app.articles.known import Records
from app.articles.noting import note_written
from app.articles.plan import Plan, Step
from app.articles.planning import Watch, Ways, plan
from app.articles.recalling import recall
from app.articles.revising import Origin
from app.articles.revision import RevisionSource
from app.articles.storing import Stored, quarantine_sha, store
from app.articles.sync_run import SyncRun
from app.core import clock
from app.core.db import db
from app.core.settings import Settings, settings
from app.core.uow import reading, unit_of_work, verb

WAIT_S = 10.0
"""How long one sync waits for another."""


class SyncBusy(Exception):
    """Another sync is at work on this machine."""


class TooManyGone(Exception):
    """So many files are gone that an unmounted folder is likelier than an intention: nothing was done."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


@dataclass
class Synced:
    """What a sync did, or would do."""

    plan: Plan
    stored: Stored = field(default_factory=Stored)
    faults: list[Fault] = field(default_factory=list)
    """What is wrong with files, and what follows from it, in order."""
    untouched: list[str] = field(default_factory=list)
    """Paths of files that somebody else was writing; the next sync looks at them."""
    written: set[str] = field(default_factory=set)
    """Ids of articles whose files were written or removed."""
    assets: Taken = field(default_factory=Taken)
    """What became of the files below `content/assets/`."""


def root_of(known: Settings) -> Path:
    """The folder whose files are articles."""
    return known.content / "articles"


def assets_of(root: Path) -> Path:
    """The folder of the files that articles show, beside that of the articles."""
    return root.parent / "assets"


def planned(root: Path, *, ways: Ways, watch: Watch = iter) -> Synced:
    """What a sync would do: reads the database and the folder, writes neither.

    Raises TooManyGone unless that is allowed, and OSError for a folder that cannot be read.
    """
    with reading():
        records = recall()
        made = plan(root, records, ways=ways, zone=settings().zone, watch=watch)
        _note_unknown_owners(made)
    assets = look(assets_of(root)) if ways.takes_all else Taken()
    return Synced(made, faults=[*assets.faults, *_told(made, records, {})], assets=assets)


def sync(
    root: Path, *, ways: Ways, actor: str, watch: Watch = iter, however_many_gone: bool = False
) -> Synced:
    """Bring files and articles level.

    Raises SyncBusy, TooManyGone, and OSError for a folder that cannot be read.
    """
    with only_one(settings().instance):
        started_at = clock.now()
        assets = take_in(assets_of(root)) if ways.takes_all else Taken()
        with reading():
            records = recall()
            made = plan(root, records, ways=ways, zone=settings().zone, watch=watch)
            _note_unknown_owners(made)
        if made.is_suspicious and not however_many_gone:
            raise TooManyGone(made.gone)
        if assets.is_suspicious and not however_many_gone:
            raise TooManyGone(len(assets.gone))
        with unit_of_work():
            forget(assets.gone)
        data = _at_risk(root, made)
        authors = _authors(root, made)
        with unit_of_work():
            stored = store(made, records, data=data, authors=authors)
            if made.steps or made.faults:
                _note_run(stored, actor=actor, mode=ways.mode, started_at=started_at)
        faults = [*assets.faults, *_told(made, records, data)]
        synced = Synced(made, stored, faults, assets=assets)
        _write_files(root, synced)
        return synced


@contextmanager
def only_one(instance: Path) -> Iterator[None]:
    """Be the only sync on this machine.  Raises SyncBusy after some waiting."""
    instance.mkdir(parents=True, exist_ok=True)
    until = monotonic() + WAIT_S
    with (instance / "content.lock").open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if monotonic() > until:
                    raise SyncBusy("Another sync is at work. Try again when it is done.") from None
                sleep(0.05)
        yield


def _write_files(root: Path, synced: Synced) -> None:
    done, shas = [], {}
    overtaken = set(synced.stored.overtaken)
    for step in [each for each in synced.plan.steps if each.id not in overtaken]:
        try:
            if step.move is Move.REMOVE:
                remove(root, step.path, seen=step.file_sha)
                synced.written.add(step.id)
            elif step.writes is not None:
                shas[step.id] = _written(root, step)
                done.append(step)
                if shas[step.id] != step.file_sha:
                    synced.written.add(step.id)
        except FileChanged:
            synced.untouched.append(step.path)
    if done:
        with unit_of_work():
            note_written(done, shas, synced.stored.live, plan=synced.plan)


def _written(root: Path, step: Step) -> str:
    """Write the file, unless it says so already.  Gives the hash of what it holds."""
    text = step.writes or ""
    if Manuscript.of(text).sha == step.file_sha:
        return step.file_sha
    return write(root, step.path, text, seen=step.file_sha)


def _at_risk(root: Path, made: Plan) -> dict[str, bytes]:
    """The bytes of files that cannot be used, and of those that go, by path."""
    removed = {step.path for step in made.steps if step.move is Move.REMOVE}
    found = {}
    for path in sorted({*made.skipped, *removed}):
        file = root / path
        if file.is_file() and not file.is_symlink() and file.stat().st_size <= LARGEST_BYTES:
            found[path] = file.read_bytes()
    return found


def _told(made: Plan, records: Records, data: dict[str, bytes]) -> list[Fault]:
    """All faults in order, each error with what follows from it."""
    found = []
    for path, faults in sorted(made.faults.items()):
        follows = _consequence(path, made, records, data) if path in made.skipped else ""
        found += [
            replace(each, consequence=follows if each.is_error else "") for each in sorted(faults)
        ]
    return found


def _consequence(path: str, made: Plan, records: Records, data: dict[str, bytes]) -> str:
    known = [records.articles[id] for id in made.skipped[path] if id in records.articles]
    said = ["File skipped"]
    said += [f"live article {each.id} stays at revision {each.live_id}" for each in known]
    if path in data:
        said.append(f"copy kept in quarantine {quarantine_sha(data[path])[:6]}")
    return "; ".join(said) + "."


def _note_unknown_owners(made: Plan) -> None:
    """Warn of owners who are nobody here (W207)."""
    if not made.owners:
        return
    named = {owner for owner, _ in made.owners.values()}
    known = set(db.session.scalars(select(User.email).where(User.email.in_(named))))
    for path, (owner, place) in made.owners.items():
        if owner not in known:
            said = f'The owner "{owner}" has no account here, so the article has none.'
            made.faults.setdefault(path, []).append(Fault(path, *place, "W207", said))


def _authors(root: Path, made: Plan) -> dict[str, Origin]:
    """Who committed the files that are taken over, where there is git."""
    paths = [step.path for step in made.steps if step.file is not None]
    return {
        path: Origin(RevisionSource.FILE, author=commit.author, git_commit=commit.id)
        for path, commit in authors_of(root, paths).items()
    }


@verb
def _note_run(stored: Stored, *, actor: str, mode: Mode, started_at: object) -> None:
    db.session.add(
        SyncRun(
            actor=actor,
            mode=mode.value,
            counts=dict(stored.counts),
            started_at=started_at,
            finished_at=clock.now(),
        )
    )
