"""Looking through the files: what each says, and which article it is.  Writes nothing."""

import re
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path

from app.articles.article import Visibility
from app.articles.claims import Claim, double_ids, new_id
from app.articles.content_file import FileState
from app.articles.files.fault import Fault, Faulty
from app.articles.files.fields import Fields, entries_of, read_fields
from app.articles.files.folder import Folder, read_folders
from app.articles.files.manuscript import Manuscript
from app.articles.files.source_file import SourceFile, find, read
from app.articles.known import Known, Records

_ID_LINE = re.compile(r"^id:[ \t]*[\"']?(kb_[a-z2-7]{10})\b", re.MULTILINE)
_BROKEN_FOLDER = "Who may read this is not known: the folder's _folder.yml has an error."


class Survey:
    """One walk through the folder.  Raises OSError for a folder that cannot be read."""

    def __init__(self, root: Path, records: Records, *, zone: tzinfo) -> None:
        self.root, self.records, self.zone = root, records, zone
        self.by_path: Mapping[str, Known] = records.by_path
        self.files: dict[str, SourceFile] = {}
        self.texts: dict[str, tuple[Manuscript, Fields]] = {}
        """What files say that have to be read, by path, each with its id in it."""
        self.claims: dict[str, Claim] = {}
        self.nameless: set[str] = set()
        """Paths of files that do not say which article they are."""
        self.faults: dict[str, list[Fault]] = {}
        self.skipped: set[str] = set()
        """Paths of files with errors; their articles stay as they are."""
        for path in find(root, ".md"):
            try:
                self.files[path] = read(root, path)
            except Faulty as fault:
                self.skip(path, fault.faults)
        self.folders, faults = read_folders(root, {file.folder for file in self.files.values()})
        for found in faults:
            self.note(found.path, [found])
        self.paths = {*self.files, *self.skipped}
        """All files there are, good or bad."""
        self._claim_all()

    def open_folders(self, paths: set[str]) -> None:
        """Look at folders, too, in which no file lies yet."""
        if paths <= self.folders.keys():
            return
        before = set(self.folders)
        self.folders, faults = read_folders(self.root, before | paths)
        for found in faults:
            if found.path.rpartition("/")[0] not in before:
                self.note(found.path, [found])

    @property
    def good(self) -> list[str]:
        """The files that can be used."""
        return [path for path in self.claims if path not in self.skipped]

    def folder_of(self, path: str) -> Folder:
        """The folder of a file that is there, or that would be."""
        above = path.rpartition("/")[0]
        while above not in self.folders and above:
            above = above.rpartition("/")[0]
        return self.folders.get(above) or Folder("", "General", visibility=Visibility.AGENTS)

    def is_unchanged(self, path: str) -> bool:
        """Whether the file is as it was when it was level with its article."""
        before = self.by_path.get(path)
        return (
            before is not None
            and before.state in (FileState.OK, FileState.ERROR)
            and before.file_sha == self.files[path].sha
            and before.base_id is not None
        )

    def read_text(self, path: str) -> tuple[Manuscript, Fields]:
        """What the file says, with the id of its article in it.  Raises Faulty."""
        if path not in self.texts:
            file, folder = self.files[path], self.folder_of(path)
            manuscript = Manuscript.of(file.text, path=path)
            fields, warnings = self.typed(manuscript, path)
            if folder.broken and "visibility" not in manuscript.front:
                fix = "mend that file, or set `visibility` here."
                raise Faulty([Fault(path, 1, 1, "E105", _BROKEN_FOLDER, fix)])
            self.note(path, warnings)
            if fields.id is None and path in self.claims:
                manuscript = manuscript.setting({"id": self.claims[path].id})
            self.texts[path] = manuscript, fields
        return self.texts[path]

    def typed(self, manuscript: Manuscript, path: str) -> tuple[Fields, list[Fault]]:
        """The fields of a text, if it stood in the file at this path."""
        return read_fields(manuscript, self.folder_of(path), path=path, zone=self.zone)

    def note(self, path: str, faults: list[Fault]) -> None:
        """Remember what is wrong with a file."""
        if faults:
            self.faults.setdefault(path, []).extend(faults)

    def skip(self, path: str, faults: list[Fault]) -> None:
        """Leave a file out, and its article as it is."""
        self.skipped.add(path)
        self.note(path, faults)

    def refuse(self, path: str, key: str, code: str, message: str, *, fix: str) -> None:
        """Leave a file out because of one of its keys."""
        line, column = self.place_of(path, key)
        self.skip(path, [Fault(path, line, column, code, message, fix)])

    def place_of(self, path: str, key: str) -> tuple[int, int]:
        """Line and column of a key in a file; its beginning if the key is not there."""
        try:
            entries = entries_of(Manuscript.of(self.files[path].text, path=path), path=path)
        except Faulty:
            return 1, 1
        return (entries[key].line, entries[key].column) if key in entries else (1, 1)

    def _claim_all(self) -> None:
        """Find out which article each file is; an unchanged file is the one it was."""
        for path in self.files:
            before = self.by_path.get(path)
            if before and self.is_unchanged(path) and before.states_id:
                self.claims[path] = before.claim
                continue
            try:
                _, fields = self.read_text(path)
            except Faulty as fault:
                self.skip(path, fault.faults)
                continue
            if fields.id is None:
                self.nameless.add(path)
            else:
                self.claims[path] = _claim(fields.id, fields)
        self._name_the_nameless()
        for path, other in list(double_ids(self.claims)):
            line, column = self.place_of(other, "id")
            said = f"The id {self.claims[path].id} is also in {other}:{line}:{column}."
            self.refuse(path, "id", "E107", said, fix="remove `id` from the copy.")

    def _name_the_nameless(self) -> None:
        """By its path, by its text if an article lost its file, or as a new article."""
        taken = {claim.id for claim in self.claims.values()} | self._ids_in_skipped()
        vanished = self._vanished(taken) if self.nameless else {}
        for path in sorted(self.nameless, key=lambda each: (each not in self.by_path, each)):
            manuscript, fields = self.texts[path]
            before = self.by_path.get(path)
            still = before and not before.is_missing and before.id not in taken
            own_id = before.id if before and still else None
            own_id = own_id or vanished.pop(manuscript.sha, None)
            if own_id is None or own_id in taken:
                known = {*taken, *self.records.articles, *self.records.tombstones}
                own_id = new_id(path, known)
            taken.add(own_id)
            self.claims[path] = _claim(own_id, fields)
            self.texts[path] = manuscript.setting({"id": own_id}), fields

    def _vanished(self, present: set[str]) -> dict[str, str]:
        """Articles whose files are gone, by the text of those files without their ids."""
        lost = {
            each.base_id: each.id
            for path, each in self.by_path.items()
            if (each.is_missing or path not in self.files)
            and each.id not in present
            and each.base_id is not None
        }
        texts = self.records.manuscripts(list(lost))
        return {text.setting({"id": None}).sha: lost[number] for number, text in texts.items()}

    def _ids_in_skipped(self) -> set[str]:
        return {id for path in self.skipped for id in self.ids_at(path)}

    def ids_at(self, path: str) -> set[str]:
        """The article that a bad file is, as far as can be told: that of its path, and its `id:`."""
        before = self.by_path.get(path)
        stated = _ID_LINE.search(self.files[path].text) if path in self.files else None
        return {before.id} if before else {stated[1]} if stated else set()


def _claim(id: str, fields: Fields) -> Claim:
    return Claim(id, fields.slug, fields.lang, fields.status)
