"""What is to become of an article that is imported again."""

from collections.abc import Collection, Container, Mapping

from sqlalchemy import select

from app.articles.files.manuscript import Manuscript
from app.articles.known import Known
from app.articles.merging import merge
from app.articles.revision import Revision, RevisionSource
from app.core.db import db

AS_IT_CAME = "as it came"
"""The note of revisions that hold the text of a source, before it was translated."""
_AT_ONCE = 500


class Past:
    """The texts that some articles have had, and which of them the last import gave them."""

    def __init__(self, ids: Collection[str], *, purged: Container[str] = ()) -> None:
        self.purged = purged
        self.shas: dict[str, set[str]] = {}
        self.imported: dict[str, int] = {}
        every = list(ids)
        for at in range(0, len(every), _AT_ONCE):
            rows = select(
                Revision.id, Revision.article_id, Revision.sha, Revision.source, Revision.note
            )
            part = rows.where(Revision.article_id.in_(every[at : at + _AT_ONCE]))
            for row in db.session.execute(part.order_by(Revision.id)):
                self.shas.setdefault(row.article_id, set()).add(row.sha)
                if row.source is RevisionSource.IMPORT and row.note != AS_IT_CAME:
                    self.imported[row.article_id] = row.id


def decided(id: str, text: Manuscript, known: Known | None, past: Past) -> tuple[str, Manuscript]:
    """What becomes of a text, in a word (see `Incoming.what`), and the text that is to be live then."""
    if known is None:
        return ("left alone" if id in past.purged else "new"), text
    if known.in_trash:
        return "left alone", text
    if text.sha in past.shas.get(id, ()):
        return "unchanged", text
    texts = _texts([past.imported.get(id), known.live_id])
    base, live = texts.get(past.imported.get(id)), texts[known.live_id]
    if base is not None and base.sha == live.sha:
        return "changed", text
    merged = merge(base, text, live).manuscript
    return ("in conflict", text) if merged is None else ("merged", merged)


def _texts(ids: Collection[int | None]) -> Mapping[int | None, Manuscript]:
    rows = select(Revision).where(Revision.id.in_([id for id in ids if id is not None]))
    return {each.id: each.manuscript for each in db.session.scalars(rows)}
