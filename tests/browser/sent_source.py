"""A source that a lead has sent to be imported: run with the settings of a desk."""

from sqlalchemy import select

from app import create_app
from app.accounts.user import User
from app.articles.exchange.accepting import accept, look_into
from app.articles.exchange.packing import zipped
from app.articles.exchange.plan import Wishes
from app.core.db import db
from app.core.uow import unit_of_work

NAME = "handbook.zip"
FILES = {
    "_index.md": b"---\ntitle: Handbook\n---\n",
    "welcome.md": b"---\ntitle: Welcome\nmenu: main\n---\nHello {{< badge >}} and [more](gone.md).\n",
    "theme.css": b"p {}\n",
}


def main() -> None:
    """Send it, and look into it."""
    with unit_of_work():
        lead = db.session.scalars(select(User).where(User.email == "jonas@hearth.example")).first()
        by = lead or db.session.scalars(select(User).limit(1)).one()
        id = accept(NAME, zipped(FILES), wishes=Wishes(into="handbook"), by=by).id
    look_into(id)


if __name__ == "__main__":
    with create_app().app_context():
        main()
