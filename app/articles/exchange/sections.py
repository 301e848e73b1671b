"""Sections of an import: those that are not there yet, each with the `_folder.yml` that describes it."""

from collections.abc import Collection

from app.articles.article import LAST
from app.articles.composing import folder_of
from app.articles.exchange.page import Shelf
from app.articles.files.fault import Faulty
from app.articles.files.folder import Folder, described, plain_folder, with_own_slug
from app.articles.files.manuscript import Manuscript
from app.articles.files.source_file import FOLDER_FILE, normalised


class Sections:
    """The folders in which the pages of an import will lie."""

    def __init__(self, known: Collection[str], shelves: Collection[Shelf]) -> None:
        self.known = known
        self.shelves = {shelf.path: shelf for shelf in shelves}
        self.folders: dict[str, Folder] = {}
        self.files: dict[str, bytes] = {}
        """The descriptions to be written, by their paths below content/."""

    @property
    def new(self) -> list[Folder]:
        """Those that are not there yet."""
        return [folder for path, folder in self.folders.items() if path not in self.known]

    def folder(self, path: str) -> Folder:
        """The folder at a path."""
        if path not in self.folders:
            self.folders[path] = self._found(path)
        return self.folders[path]

    def _found(self, path: str) -> Folder:
        if path in self.known:
            return folder_of(f"{path}/x".lstrip("/"))
        parent = self.folder(path.rpartition("/")[0]) if path else None
        folder = with_own_slug(plain_folder(path, parent), self.folders)
        data = self._description(path, folder)
        if not data:
            return folder
        where = f"{path}/{FOLDER_FILE}".lstrip("/")
        try:
            folder, _ = described(folder, normalised(data), path=where)
        except (Faulty, UnicodeDecodeError):
            return folder
        self.files[f"articles/{where}"] = data
        return folder

    def _description(self, path: str, folder: Folder) -> bytes:
        shelf = self.shelves.get(path)
        if shelf is None:
            return b""
        if shelf.own is not None:
            return shelf.own
        said = {
            "title": shelf.title[:200] if shelf.title != folder.title else None,
            "description": " ".join(shelf.description.split())[:300],
            "order": shelf.order if shelf.order != LAST else None,
            "visibility": shelf.visibility,
        }
        given = {key: value for key, value in said.items() if value not in (None, "")}
        return Manuscript("", "", "", "").setting(given).settings.encode()
