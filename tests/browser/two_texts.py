"""A guide with two texts, and a file with a fault: run with the settings of a desk, after its first sync."""

from app import create_app
from app.articles.article import Article
from app.articles.editing import change
from app.articles.syncing import root_of, sync
from app.articles.ways import ways_of
from app.core.db import db
from app.core.settings import settings
from app.core.uow import unit_of_work

ID = "kb_twotextsaa"
TEXT = f"---\nid: {ID}\ntitle: How we greet\nvisibility: agents\n---\nWe say hello.\n\nThen we listen.\n"


def main() -> None:
    """Write it, sync it, change it on both sides, sync again."""
    root = root_of(settings())
    file = root / "agents" / "how-we-greet.md"
    file.write_text(TEXT)
    sync(root, ways=ways_of(settings()), actor="browser tests")
    with unit_of_work():
        change(
            db.session.get_one(Article, ID),
            body="We say good morning.\n\nThen we listen.\n",
            by=None,
        )
    file.write_text(TEXT.replace("hello", "good evening"))
    (root / "agents" / "broken.md").write_text("---\ntitle: One\ntitle: Two\n---\nText.\n")
    sync(root, ways=ways_of(settings()), actor="browser tests")


if __name__ == "__main__":
    with create_app().app_context():
        main()
