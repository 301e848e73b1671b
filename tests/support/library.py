"""A folder of articles for tests: write files, sync them by the real command."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from app.articles.article import Article
from app.articles.editing import change, text_of
from app.articles.files.manuscript import Manuscript
from app.core.db import db
from app.core.uow import unit_of_work


@dataclass(frozen=True)
class Load:
    """What the command said."""

    exit_code: int
    summary: str
    faults: list[str]
    output: str = ""

    def codes(self, path: str = "") -> list[str]:
        """`line:column code` of each fault, of one file if named."""
        found = []
        for fault in self.faults:
            place, kind, code, _ = fault.split(" ", 3)
            file, line, column, _ = place.rsplit(":", 3)
            if file.endswith(f"/{path}") or not path:
                found.append(f"{line}:{column} {code}")
            assert kind == ("error" if code.startswith("E") else "warning")
        return found


class Library:
    """The folder `articles` of a test's content."""

    def __init__(self, app: Flask, root: Path) -> None:
        self.app = app
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def write(self, path: str, text: str | bytes) -> Path:
        """Put a file there as it is."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def article(self, path: str, body: str = "Words.", **front: str) -> Path:
        """Put an article there that is published for everybody, unless it says otherwise."""
        said = {"title": "Reset it", "status": "published", "visibility": "public"} | front
        head = "".join(f"{key}: {value}\n" for key, value in said.items() if value)
        return self.write(path, f"---\n{head}---\n{body}")

    def sync(self, *options: str) -> Load:
        """`flask content sync`."""
        return self.run("sync", *options)

    def run(self, *command: str) -> Load:
        """Any other `flask content …`."""
        db.session.rollback()
        result = self.app.test_cli_runner().invoke(args=["content", *command])
        db.session.rollback()
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        lines = result.stdout.splitlines()
        return Load(
            result.exit_code, lines[-1] if lines else "", result.stderr.splitlines(), result.stdout
        )

    def text(self, path: str) -> str:
        """What a file holds."""
        return (self.root / path).read_text()

    def the_article(self, id: str) -> Article:
        """An article as it stands now."""
        db.session.rollback()
        return db.session.get_one(Article, id)

    def live(self, id: str) -> Manuscript:
        """What an article says now."""
        return text_of(self.the_article(id))

    def edit(self, id: str, body: str | None = None, **front: str | None) -> None:
        """Change an article in the app."""
        article = self.the_article(id)
        with unit_of_work():
            change(article, front=front, body=body, by=None)
