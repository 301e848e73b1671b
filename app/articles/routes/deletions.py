"""Articles in the trash: putting them there, taking them out, deleting them for good."""

from flask import Response

from app.articles import trashing
from app.articles.routes.manuscripts import around
from app.articles.trashing import KEPT_D
from app.articles.writing.access import article_or_404
from app.core.web.responses import moved_to, page, say


def show_deletion(id: str) -> Response:
    """What deleting the article means; and for one in the trash, both ways out."""
    return page(
        "articles/writing/deletion.html", article=article_or_404(id), kept_d=KEPT_D, **around()
    )


def create_deletion(id: str) -> Response:
    """Put it into the trash."""
    trashing.trash(article_or_404(id))
    say("In the trash. Put it back here if it should not be.")
    return moved_to("content.show_deletion", id=id)


def create_recovery(id: str) -> Response:
    """Take it out of the trash."""
    trashing.take_out(article_or_404(id))
    say("Put back.")
    return moved_to("content.edit_article", id=id)


def create_purge(id: str) -> Response:
    """Delete it for good, with its history."""
    trashing.purge(article_or_404(id))
    say("Deleted for good.")
    return moved_to("content.list_articles", view="trash")
