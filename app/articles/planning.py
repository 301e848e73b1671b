"""Comparing files, articles and what both once were: reads everything, writes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from pathlib import Path
from posixpath import dirname

from app.articles.claims import taken_addresses
from app.articles.deciding import Mode, Move, Standing, decide
from app.articles.files.fault import Faulty
from app.articles.files.manuscript import Manuscript
from app.articles.known import Known, Records
from app.articles.plan import Plan, Step
from app.articles.readying import Workshop
from app.articles.references import check_aliases, check_references
from app.articles.surveying import Survey

Watch = Callable[[list[Step]], Iterable[Step]]
"""Gives the steps back one by one; a progress bar looks on."""


@dataclass(frozen=True)
class Ways:
    """What a sync may do."""

    mode: Mode = Mode.TWO_WAY
    to_files: bool = True
    to_app: bool = True
    writable: bool = True
    """Whether the folder can be written."""
    only: str = ""
    """The id or path of the one article to look at; empty: all."""

    @property
    def takes_all(self) -> bool:
        """Whether everything in the folder is taken over."""
        return self.to_app and not self.only

    @property
    def may_write(self) -> bool:
        """Whether files may be changed."""
        return self.to_files and self.writable and self.mode is Mode.TWO_WAY


def plan(
    root: Path,
    records: Records,
    *,
    ways: Ways | None = None,
    zone: tzinfo = UTC,
    watch: Watch = iter,
) -> Plan:
    """What syncing the folder would do.  Raises OSError for a folder that cannot be read."""
    survey = Survey(root, records, zone=zone)
    _settle_addresses(survey)
    check_aliases(survey)
    check_references(survey)
    return _Planner(root, survey, ways or Ways()).plan(watch)


def _settle_addresses(survey: Survey) -> None:
    """Refuse files that claim an address which somebody else has."""
    good = {path: survey.claims[path] for path in survey.good}
    present = {claim.id for claim in survey.claims.values()} | _held(survey)
    holders = {
        address: id
        for address, id in survey.records.holders.items()
        if id in present or not _would_go(survey.records.articles[id])
    }
    for path, holder in list(taken_addresses(good, holders)):
        where = (
            ":".join(map(str, (holder, *survey.place_of(holder, "slug"))))
            if holder in good
            else holder
        )
        said = f'The slug "{good[path].slug}" is taken by {where}.'
        survey.refuse(path, "slug", "E106", said, fix="set another `slug`.")


def _held(survey: Survey) -> set[str]:
    """Articles whose files are there but cannot be used."""
    return {id for path in survey.skipped for id in survey.ids_at(path)}


def _would_go(known: Known) -> bool:
    """Whether the article goes, and leaves its address, if its file is gone."""
    return _is_tracked(known) and known.base_sha == known.live_sha


class _Planner:
    """Decides about each article, then makes ready what the moves need."""

    def __init__(self, root: Path, survey: Survey, ways: Ways) -> None:
        self.survey, self.ways, self.records = survey, ways, survey.records
        self.plan_made = Plan(
            faults=survey.faults,
            present=survey.paths,
        )
        self.workshop = Workshop(root, survey, writable=self.ways.writable)
        self.path_of = self.workshop.path_of

    def plan(self, watch: Watch) -> Plan:
        """The whole."""
        made, survey = self.plan_made, self.survey
        steps = [step for step in self._decided() if self._is_wanted(step)]
        texts = self.records.manuscripts(list(_needed(steps)))
        survey.open_folders({dirname(step.path) for step in steps if step.move is Move.GIVE})
        made.folders = list(survey.folders.values())
        self.workshop.expect(steps)
        for step in watch(steps):
            try:
                made.steps += self.workshop.ready(step, texts)
            except Faulty as fault:
                survey.skip(step.path, [replace(each, path=step.path) for each in fault.faults])
        self.workshop.refuse_lost_anchors(made)
        made.read = set(survey.texts)
        made.owners = {
            path: (fields.owner.lower(), survey.place_of(path, "owner"))
            for path, (manuscript, fields) in survey.texts.items()
            if fields.owner and "owner" in manuscript.front
        }
        made.skipped = {path: survey.ids_at(path) for path in sorted(survey.skipped)}
        tracked = [each for each in self.records.articles.values() if _is_tracked(each)]
        made.tracked = len({each.path for each in tracked} | survey.paths)
        present = {*self.path_of, *_held(self.survey)}
        made.gone = len([each for each in tracked if each.id not in present])
        made.conflicts = sum(bool(step.conflicts) for step in made.steps)
        busy = {step.id for step in made.steps} | made.waiting
        still = [path for id, path in self.path_of.items() if id not in busy]
        made.unchanged = len([path for path in still if path not in survey.skipped])
        return made

    def _decided(self) -> Iterable[Step]:
        """A step for each article about which there is something to do, the files in their order."""
        skipped = _held(self.survey)
        lost = [id for id in self.records.articles if id not in self.path_of]
        for id in [*self.path_of, *lost]:
            if id in skipped and id not in self.path_of:
                continue
            step = self._step(id)
            if (
                step.move is not Move.KEEP
                or step.writes is not None
                or self.workshop.is_stale(step)
            ):
                yield step

    def _step(self, id: str) -> Step:
        known, path = self.records.articles.get(id), self.path_of.get(id)
        file_sha, file = self._file(path)
        if known and path and file is None:
            move = decide(_standing(known, known.base_sha, None), self.ways.mode)
        else:
            tombstone = self.records.tombstones.get(id)
            move = decide(_standing(known, file.sha if file else None, tombstone), self.ways.mode)
        if move is Move.KEEP and known and path and path != known.path:
            move = Move.TAKE
        states_id = path is None or path not in self.survey.nameless
        return Step(
            move,
            _what(move, known, path),
            id,
            path or self._place_for(known, move),
            known,
            file_sha,
            file,
            writes="" if path and not states_id and self.ways.may_write else None,
            states_id=states_id,
        )

    def _file(self, path: str | None) -> tuple[str | None, Manuscript | None]:
        """The file's hash, and its text if it had to be read."""
        if path is None:
            return None, None
        text = self.survey.texts.get(path)
        return self.survey.files[path].sha, text[0] if text else None

    def _place_for(self, known: Known | None, move: Move) -> str:
        """Where the file of an article that has none is to lie."""
        if known is None:
            return ""
        if known.path and (move is not Move.GIVE or known.path not in self.survey.paths):
            return known.path
        stem = f"{known.section_path}/{known.slug}".lstrip("/")
        names = (f"{stem}{end}.md" for end in ("", *(f"-{number}" for number in range(2, 1000))))
        return next(name for name in names if name not in self.survey.paths)

    def _is_wanted(self, step: Step) -> bool:
        """Whether it goes the way that was asked for, and is about the article that was asked for."""
        to_files = step.move in (Move.GIVE, Move.MERGE, Move.REVIVE, Move.REMOVE)
        to_app = step.move not in (Move.GIVE, Move.REMOVE)
        may_write = self.ways.to_files and self.ways.writable
        wanted = (not to_files or may_write) and (not to_app or self.ways.to_app)
        wanted = wanted and self.ways.only in ("", step.id, step.path)
        if not wanted:
            self.plan_made.waiting.add(step.id)
        return wanted


def _standing(known: Known | None, file: str | None, tombstone: str | None) -> Standing:
    if known is None:
        return Standing(None, file, None, tombstone=tombstone)
    return Standing(
        base=known.base_sha,
        file=file,
        live=known.live_sha,
        tracked=known.is_tracked,
        missing=known.is_missing,
        in_trash=known.in_trash,
    )


def _needed(steps: Iterable[Step]) -> Iterable[int]:
    """The revisions whose texts the moves need."""
    for step in steps:
        if step.known and step.move in (Move.GIVE, Move.MERGE):
            yield from filter(None, (step.known.live_id, step.known.base_id))


def _is_tracked(known: Known) -> bool:
    return known.path is not None and not known.is_missing and not known.in_trash


def _what(move: Move, known: Known | None, path: str | None) -> str:
    match move:
        case Move.TAKE if known is None:
            return "new"
        case Move.TAKE if known and known.in_trash:
            return "restored"
        case Move.GIVE:
            return "written back" if path is None and known and known.path else "exported"
        case Move.MERGE:
            return "merged"
        case Move.ARCHIVE:
            return "withdrawn"
        case Move.REMOVE:
            return "removed"
        case Move.REVIVE:
            return "revived as drafts"
    return "changed"
