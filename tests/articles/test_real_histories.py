"""The same histories as in `test_histories.py`, on real files and a real database, by the real command."""

import random
import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.articles import resolving
from app.articles.article import Article
from app.articles.content_file import ContentFile
from app.articles.editing import change, text_of
from app.articles.files.manuscript import Manuscript
from app.articles.quarantined import Quarantined
from app.articles.revision import Revision
from app.articles.trashing import take_out, trash
from app.core.db import db
from app.core.uow import unit_of_work
from tests.articles.test_histories import edited
from tests.support.library import Library

HISTORIES = 6
ACTS = 24
ARTICLES = 4


def words(text: str) -> set[str]:
    return set(re.findall(r"w\d+x\d+", text))


class Desk:
    """Some articles and their files, edited at random."""

    def __init__(self, library: Library, rng: random.Random) -> None:
        self.library, self.rng = library, rng
        self.seen: set[str] = set()
        for number in range(ARTICLES):
            body = "".join(f"line {n}\n\n" for n in range(6))
            library.article(f"guides/{number}.md", body, id="kb_" + "abcd"[number] * 10)
        self.sync()

    def sync(self) -> int:
        """Sync, and look whether every word that was there is there or kept."""
        files = "".join(path.read_text() for path in self.library.root.rglob("*.md"))
        self.seen |= words(files) | words("".join(each.text for each in self.live()))
        status = self.library.sync("--allow-mass-delete").exit_code
        kept = "".join(
            head + body for head, body in db.session.execute(select(Revision.head, Revision.body))
        )
        kept += "".join(data.decode() for data in db.session.scalars(select(Quarantined.data)))
        files = "".join(path.read_text() for path in self.library.root.rglob("*.md"))
        assert not self.seen - words(kept) - words(files)
        db.session.rollback()
        return status

    def live(self) -> list[Manuscript]:
        db.session.rollback()
        return [text_of(article) for article in db.session.scalars(select(Article)).all()]

    def act(self, word: str) -> None:
        """Something that people do."""
        db.session.rollback()
        files = sorted(self.library.root.rglob("*.md"))
        articles = db.session.scalars(select(Article).order_by(Article.id)).all()
        article = self.rng.choice(articles)
        match self.rng.choices(range(7), weights=[10, 10, 2, 2, 1, 1, 1])[0]:
            case 0 if files:
                file = self.rng.choice(files)
                file.write_text(edited(Manuscript.of(file.read_text()), word, self.rng).text)
            case 1 if article.deleted_at is None:
                text = edited(text_of(article), word, self.rng)
                with unit_of_work():
                    change(article, front={"title": text.front.get("title"), "tags": text.front.get("tags")},
                           body=text.body, by=None)  # fmt: skip
            case 2 if files:
                self.rng.choice(files).unlink()
            case 3 if files:
                file = self.rng.choice(files)
                file.rename(file.with_name(f"moved-{word}.md"))
            case 4 if article.deleted_at is None:
                with unit_of_work():
                    trash(article)
            case 5 if article.deleted_at is not None:
                with unit_of_work():
                    take_out(article)
            case 6:
                (self.library.root / f"guides/new-{word}.md").write_text(
                    f"# {word}\n\nNew {word}.\n"
                )

    def resolve_all(self) -> None:
        db.session.rollback()
        for article in db.session.scalars(
            select(Article).where(Article.draft_revision_id.is_not(None))
        ).all():
            with unit_of_work():
                choose = self.rng.choice([resolving.take_file, resolving.take_app])
                choose(article, seen=resolving.seen(article), by=None)


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_no_word_is_lost_on_a_real_desk(library: Library, app: Flask, seed: int) -> None:
    rng = random.Random(seed)
    desk = Desk(library, rng)
    for number in range(ACTS):
        desk.act(f"w{seed}x{number}")
        if rng.random() < 0.3:
            desk.sync()
    for _ in range(3):
        desk.sync()
        desk.resolve_all()
    assert desk.sync() == 0
    before = {path: path.read_bytes() for path in library.root.rglob("*.md")}
    assert library.sync().exit_code == 0
    assert {path: path.read_bytes() for path in library.root.rglob("*.md")} == before
    rows = select(ContentFile.path, Article).join(Article).where(Article.deleted_at.is_(None))
    found = db.session.execute(rows).all()
    assert len(found) == len(before)
    for path, article in found:
        assert library.text(path) == text_of(article).text
