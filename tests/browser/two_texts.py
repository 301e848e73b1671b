"""Guides with two texts and with three versions, and a bad file: run with a desk's settings, once synced."""

from app import create_app
from app.articles.article import Article
from app.articles.editing import change, edit, text_of
from app.articles.syncing import root_of, sync
from app.articles.ways import ways_of
from app.core.db import db
from app.core.settings import settings
from app.core.uow import unit_of_work

ID = "kb_twotextsaa"
TEXT = f"---\nid: {ID}\ntitle: How we greet\nvisibility: agents\n---\nWe say hello.\n\nThen we listen.\n"

VERSIONS_ID = "kb_threevsaaa"
VERSIONS = f"""---
id: {VERSIONS_ID}
title: How we say goodbye
visibility: agents
status: published
---
Write a last sentence that is friendly.

Then solve the ticket.

- Thank them.
- Say what happens next.

A goodbye is short. It repeats nothing that was said before.

Whoever reads it knows that we are done.
"""


def main() -> None:
    """Write it, sync it, change it on both sides, sync again."""
    root = root_of(settings())
    file = root / "agents" / "how-we-greet.md"
    file.write_text(TEXT)
    (root / "agents" / "how-we-say-goodbye.md").write_text(VERSIONS)
    sync(root, ways=ways_of(settings()), actor="browser tests")
    with unit_of_work():
        change(
            db.session.get_one(Article, ID),
            body="We say good morning.\n\nThen we listen.\n",
            by=None,
        )
        _rewrite("friendly", "warm and short", note="Nobody reads three lines")
    with unit_of_work():
        _rewrite("- Thank them.\n", "- Thank them by name.\n- Say what we did.\n", note="")
    file.write_text(TEXT.replace("hello", "good evening"))
    (root / "agents" / "broken.md").write_text("---\ntitle: One\ntitle: Two\n---\nText.\n")
    sync(root, ways=ways_of(settings()), actor="browser tests")


def _rewrite(old: str, new: str, *, note: str) -> None:
    article = db.session.get_one(Article, VERSIONS_ID)
    text = text_of(article)
    edit(article, text.saying(text.body.replace(old, new)), by=None, note=note)


if __name__ == "__main__":
    with create_app().app_context():
        main()
