"""Making ready what the steps of a sync need: merged texts, HTML, and whether their links lead anywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from app.articles.article import Status
from app.articles.assets.known import Images, KnownImage
from app.articles.deciding import Move
from app.articles.files.fault import Fault, Faulty
from app.articles.files.manuscript import Manuscript
from app.articles.files.source_file import find
from app.articles.languages import place
from app.articles.linking import Links
from app.articles.merging import merge
from app.articles.plan import Plan, Step
from app.articles.preparing import (
    Prepared,
    broken_links,
    made_from_what,
    picture_warnings,
    prepare,
)
from app.articles.surveying import Survey

_REVIVED = "The article was deleted for good; its file came back with another text. It is a draft."
_READ_ONLY = "The folder cannot be written, so the id {id} is remembered for this path."


class Workshop:
    """Where texts are merged and rendered, each with all the others at hand."""

    def __init__(self, root: Path, survey: Survey, *, writable: bool) -> None:
        self.survey, self.records, self.writable = survey, survey.records, writable
        self.assets = _assets(root, survey.records.assets)
        self.path_of = {survey.claims[path].id: path for path in survey.good}
        self.places = self._places()
        self.files = set(survey.paths)
        """All files there are, and those that are to be written."""
        claims = {each.id: each.claim for each in self.records.articles.values()}
        claims |= {survey.claims[path].id: survey.claims[path] for path in survey.good}
        self.ids = {id: place(each.slug, each.lang) for id, each in claims.items()}
        self.html: dict[str, str] = {}
        """Of what was prepared, by path."""

    def expect(self, steps: Iterable[Step]) -> None:
        """Count the files that are about to be written as there: texts may link to each other."""
        for step in steps:
            if step.move is Move.GIVE and step.known and step.path not in self.files:
                self.files.add(step.path)
                claim = step.known.claim
                self.places[step.path] = place(claim.slug, claim.lang)

    def is_stale(self, step: Step) -> bool:
        """Whether what readers see of an unchanged text was made from something that has changed."""
        if step.known is None or step.file_sha is None or step.known.in_trash:
            return False
        folder = self.survey.folder_of(step.path)
        if folder.broken and self.survey.is_unchanged(step.path):
            return False
        text = step.file.text if step.file else self.survey.files[step.path].text
        made_from = made_from_what(step.known.live_sha, text, folder, self._links(step.path))
        return made_from != step.known.made_from

    def ready(self, step: Step, texts: Mapping[int, Manuscript]) -> Iterable[Step]:
        """The step with all that it needs.  Raises Faulty when its file cannot be used after all."""
        match step.move:
            case Move.REMOVE | Move.ARCHIVE:
                return [step]
            case Move.GIVE:
                return [self._given(step, texts)]
            case Move.MERGE:
                return self._merged(step, texts)
            case Move.REVIVE:
                return [self._revived(step)]
        return [self._taken(step)]

    def refuse_lost_anchors(self, plan: Plan) -> None:
        """Leave out files with links to places that are in no article, once all are prepared."""
        taken = [step for step in plan.steps if step.move in (Move.TAKE, Move.KEEP)]
        pages = self._pages(
            {link.path for step in taken if step.prepared for link in step.prepared.anchors}
        )
        for step in taken:
            line = self._body_line(step.path)
            if step.prepared and (
                faults := broken_links(step.prepared, step.path, first_line=line, pages=pages)
            ):
                self.survey.skip(step.path, faults)
                plan.steps.remove(step)

    def _taken(self, step: Step) -> Step:
        manuscript, _ = self.survey.read_text(step.path)
        prepared = self._prepared(step, manuscript)
        self._refuse_broken_links(step, prepared)
        if not step.states_id and not self.writable:
            said = _READ_ONLY.format(id=step.id)
            self.survey.note(step.path, [Fault(step.path, 1, 1, "W205", said)])
        writes = manuscript.text if step.writes is not None else None
        return replace(step, file=manuscript, prepared=prepared, writes=writes)

    def _given(self, step: Step, texts: Mapping[int, Manuscript]) -> Step:
        live = texts[step.known.live_id or 0] if step.known else Manuscript.of("")
        return replace(step, prepared=self._prepared(step, live), writes=live.text)

    def _merged(self, step: Step, texts: Mapping[int, Manuscript]) -> Iterable[Step]:
        file, known = step.file, step.known
        if file is None or known is None:
            file, known = self.survey.read_text(step.path)[0], self.records.articles[step.id]
        live = texts[known.live_id or 0]
        found = merge(texts.get(known.base_id or 0), file, live)
        if found.manuscript is None:
            return self._in_conflict(replace(step, file=file, conflicts=found.conflicts), live)
        prepared = self._prepared(step, found.manuscript)
        return [replace(step, file=file, prepared=prepared, writes=found.manuscript.text)]

    def _in_conflict(self, step: Step, live: Manuscript) -> Iterable[Step]:
        """The live text stays, seen by no more people than either text allows."""
        file_fields, _ = self.survey.typed(step.file or live, step.path)
        stays = self._prepared(step, live)
        strict = stays.as_strict_as(file_fields)
        return [replace(step, what="in conflict", prepared=strict, writes=None)]

    def _revived(self, step: Step) -> Step:
        manuscript, _ = self.survey.read_text(step.path)
        draft = manuscript.setting({"status": Status.DRAFT.value})
        self.survey.note(
            step.path,
            [
                Fault(
                    step.path,
                    *self.survey.place_of(step.path, "id"),
                    "W209",
                    _REVIVED,
                )
            ],
        )
        return replace(step, prepared=self._prepared(step, draft), writes=draft.text)

    def _prepared(self, step: Step, manuscript: Manuscript) -> Prepared:
        fields, _ = self.survey.typed(manuscript, step.path)
        folder = self.survey.folder_of(step.path)
        prepared = prepare(step.id, manuscript, fields, folder, self._links(step.path))
        self.html[step.path] = prepared.html
        return prepared

    def _refuse_broken_links(self, step: Step, prepared: Prepared) -> None:
        first_line = self._body_line(step.path)
        faults = broken_links(prepared, step.path, first_line=first_line, pages={})
        if faults:
            raise Faulty(faults)
        warnings = picture_warnings(prepared, step.path, first_line=first_line)
        self.survey.note(step.path, warnings)

    def _body_line(self, path: str) -> int:
        """The line on which the body begins in the file, which may lack an id yet."""
        return Manuscript.of(self.survey.files[path].text).body_line

    def _links(self, path: str) -> Links:
        return Links(
            path,
            places=self.places,
            files=self.files,
            assets=self.assets,
            ids=self.ids,
            images=self.records.images,
        )

    def _places(self) -> dict[str, str]:
        """Where all articles stand, by the paths of their files."""
        known = self.survey.by_path.items()
        before = {path: each.claim for path, each in known if path in self.survey.paths}
        claims = before | {path: self.survey.claims[path] for path in self.survey.good}
        return {path: place(each.slug, each.lang) for path, each in claims.items()}

    def _pages(self, paths: set[str]) -> dict[str, str]:
        """The HTML of some articles, each by what links to it: the path of its file, or its id."""
        by_path = {path: id for id, path in self.path_of.items() if path in paths}
        by_id = {id: id for id in paths & set(self.ids)}
        wanted = by_path | by_id
        fresh = {
            name: self.html[self.path_of[id]]
            for name, id in wanted.items()
            if self.path_of.get(id) in self.html
        }
        stored = self.records.html([id for name, id in wanted.items() if name not in fresh])
        return {name: stored[id] for name, id in wanted.items() if id in stored} | fresh


def _assets(root: Path, known: Images) -> dict[str, KnownImage | None]:
    folder = root.parent / "assets"
    present = find(folder, "") if folder.is_dir() else ()
    return {f"../assets/{path}": known.get(path) for path in present}
