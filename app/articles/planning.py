"""Comparing the files with what was loaded: reads everything, writes nothing."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from app.articles.claims import Address, Claim, derived_id, double_ids, taken_addresses
from app.articles.files.fault import Fault, Faulty, place
from app.articles.files.fields import Fields, read_fields
from app.articles.files.folder import read_folders
from app.articles.files.front_matter import FrontMatter, split
from app.articles.files.source_file import SourceFile, find, read
from app.articles.linking import PICTURES, Links, targets
from app.articles.plan import Loaded, Plan, Prepared
from app.core.markdown import RENDERER_VERSION, Profile, render

Watch = Callable[[list[str]], Iterable[str]]
"""Gives the paths back one by one; a progress bar looks on."""

_ID_LINE = re.compile(r"^id:[ \t]*[\"']?(kb_[a-z2-7]{10})\b", re.MULTILINE)
_BROKEN_FOLDER = (
    "Who may read this is not known: the folder's _folder.yml has an error."
    " Fix: mend that file, or set `visibility` here."
)


def plan(
    root: Path,
    *,
    loaded: Mapping[str, Loaded],
    holders: Mapping[Address, str],
    watch: Watch = iter,
) -> Plan:
    """What loading the folder would do.

    `loaded` is what was loaded before, by path; `holders` says which article has which address.
    """
    survey = _Survey(root, loaded)
    survey.claim_all()
    survey.find_gone()
    survey.settle_claims(holders)
    survey.prepare_all(watch)
    return survey.plan


class _Survey:
    """One walk through the files."""

    def __init__(self, root: Path, loaded: Mapping[str, Loaded]) -> None:
        self.loaded = loaded
        self.plan = Plan()
        self.files: dict[str, SourceFile] = {}
        self.parsed: dict[str, tuple[FrontMatter, Fields]] = {}
        self.claims: dict[str, Claim] = {}
        for path in find(root, ".md"):
            try:
                self.files[path] = read(root, path)
            except Faulty as fault:
                self._skip(path, fault.faults)
        self.folders, faults = read_folders(root, {file.folder for file in self.files.values()})
        self.plan.folders = list(self.folders.values())
        self.plan.faults += faults

    def claim_all(self) -> None:
        """Find out which article each file is; an unchanged file is the one it was."""
        for path, file in self.files.items():
            before = self.loaded.get(path)
            if before and before.file_sha == file.sha:
                self.claims[path] = before.claim
                continue
            try:
                _, fields = self._parse(file)
            except Faulty as fault:
                self._skip(path, fault.faults)
                continue
            own_id = fields.id or (before.claim.id if before else derived_id(path))
            self.claims[path] = Claim(own_id, fields.slug, fields.lang, fields.status)

    def find_gone(self) -> None:
        """Articles that no file is any more.  A file with errors is not a missing file."""
        present = {claim.id for claim in self.claims.values()}
        present |= {self.loaded[path].claim.id for path in self.plan.skipped if path in self.loaded}
        for path in self.plan.skipped:
            if path in self.files and (stated := _ID_LINE.search(self.files[path].text)):
                present.add(stated[1])
        gone = {before.claim.id for before in self.loaded.values()} - present
        self.plan.gone = sorted(gone)

    def settle_claims(self, holders: Mapping[Address, str]) -> None:
        """Refuse files that claim to be what another one is."""
        for path, other in list(double_ids(self.claims)):
            said = (
                f"The id {self.claims[path].id} is also in {other}. Fix: remove it from the copy."
            )
            self._refuse(path, "id", "E107", said)
        good = {path: claim for path, claim in self.claims.items() if path not in self.plan.skipped}
        kept = {address: id for address, id in holders.items() if id not in self.plan.gone}
        for path, holder in list(taken_addresses(good, kept)):
            said = f'The slug "{good[path].slug}" is taken by {holder}. Fix: set another `slug`.'
            self._refuse(path, "slug", "E106", said)

    def prepare_all(self, watch: Watch) -> None:
        """Render what has changed: the file, its folder, where its links lead, or the renderer."""
        slugs = {
            path: before.claim.slug for path, before in self.loaded.items() if path in self._paths
        }
        slugs |= {path: self.claims[path].slug for path in self._good}
        changed: dict[str, str] = {}
        for path in self._good:
            made_from = self._made_from(
                self.files[path], Links(path, slugs=slugs, files=self._paths)
            )
            before = self.loaded.get(path)
            if before and (before.made_from == made_from or self._waits(path)):
                self.plan.unchanged += 1
            else:
                changed[path] = made_from
        for path in watch(list(changed)):
            links = Links(path, slugs=slugs, files=self._paths)
            try:
                self.plan.prepared.append(self._prepare(self.files[path], links, changed[path]))
            except Faulty as fault:
                self._skip(path, fault.faults)

    @property
    def _paths(self) -> set[str]:
        """All files there are, good or bad."""
        return {*self.files, *self.plan.skipped}

    @property
    def _good(self) -> list[str]:
        return [path for path in self.claims if path not in self.plan.skipped]

    def _waits(self, path: str) -> bool:
        """Whether the article stays as it is until its folder's file is mended."""
        file, before = self.files[path], self.loaded[path]
        return self.folders[file.folder].broken and before.file_sha == file.sha

    def _parse(self, file: SourceFile) -> tuple[FrontMatter, Fields]:
        if file.path not in self.parsed:
            folder = self.folders[file.folder]
            front = split(file)
            if folder.broken and "visibility" not in front.entries:
                raise Faulty([Fault(file.path, 1, 1, "E105", _BROKEN_FOLDER)])
            fields, warnings = read_fields(front, folder)
            self.plan.faults += warnings
            self.parsed[file.path] = front, fields
        return self.parsed[file.path]

    def _prepare(self, file: SourceFile, links: Links, made_from: str) -> Prepared:
        front, fields = self._parse(file)
        rendered = render(fields.text, profile=Profile.DOCUMENT, link=links.resolve)
        if links.missing:
            raise Faulty([_broken_link(file, target) for target in dict.fromkeys(links.missing)])
        return Prepared(
            path=file.path,
            folder=file.folder,
            id=self.claims[file.path].id,
            fields=fields,
            front={key: entry.value for key, entry in front.entries.items()},
            body=front.body,
            rendered=rendered,
            file_sha=file.sha,
            made_from=made_from,
        )

    def _made_from(self, file: SourceFile, links: Links) -> str:
        folder = self.folders[file.folder]
        parts = [
            file.sha,
            RENDERER_VERSION,
            folder.visibility,
            folder.lang,
            links.all_in(file.text),
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _refuse(self, path: str, key: str, code: str, message: str) -> None:
        front = self.parsed[path][0] if path in self.parsed else None
        entry = front.entries.get(key) if front else None
        line, column = (entry.line, entry.column) if entry else (1, 1)
        self._skip(path, [Fault(path, line, column, code, message)])

    def _skip(self, path: str, faults: list[Fault]) -> None:
        self.plan.skipped.add(path)
        self.plan.faults += faults


def _broken_link(file: SourceFile, target: str) -> Fault:
    known = (offset for found, offset in targets(file.text) if found == target)
    offset = next(known, file.text.find(target))
    line, column = place(file.text, max(offset, 0))
    if target.partition("#")[0].lower().endswith(PICTURES):
        return Fault(file.path, line, column, "E121", f"There is no picture {target}.")
    return Fault(file.path, line, column, "E120", f"The link leads to no file: {target}")
