"""Saving what was written in the browser, together with what others have saved meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.user import User
from app.articles import editing
from app.articles.article import Article, Section, Status
from app.articles.composing import path_of, place_in
from app.articles.editing import text_of
from app.articles.files.manuscript import Manuscript
from app.articles.merging import BODY, merge
from app.articles.revision import Revision
from app.articles.writing.access import Act, insist, insist_on_status
from app.articles.writing.particulars import EMPTY, Said, changes, filled, said_in
from app.core.db import db
from app.core.errors import Conflict, InvalidInput, InvalidTransition
from app.core.merging import has_marks, merge_with_marks
from app.core.web.nonsense import LARGEST_ID
from app.core.word_changes import Part, word_changes

NAMES = ("your text", "the text that was saved meanwhile")
"""How the two are called between marks, where they contradict each other."""


@dataclass(frozen=True)
class Saved:
    """What came of it: whether somebody else's changes are in the text, too."""

    article: Article
    with_others: bool = False


class Overtaken(Exception):
    """Somebody else has saved meanwhile, in the same places.  Nothing was saved, and nothing is lost.

    `said` is the form with both in it, to be saved over `base`; `keys` are those in which the two
    differ, and `theirs` is what the other one changed.
    """

    def __init__(
        self, said: Said, *, base: int, keys: Sequence[str], theirs: Sequence[Part], author: str
    ) -> None:
        super().__init__(author)
        self.said, self.base, self.keys = said, base, keys
        self.theirs, self.author = theirs, author


def create(said: Said, *, by: User) -> Article:
    """Make the article.  Raises InvalidInput (field: a key of the form, or none) and NotAllowed."""
    insist_on_status(Status(said["status"]), by)
    _refuse(said)
    front = changes(EMPTY | {"folder": said["folder"]}, said, path=place_in(said["folder"], "new"))
    given = {key: value for key, value in front.items() if value is not None}
    return editing.write(said["folder"], front=given, body=said["body"], by=by)


def save(article: Article, said: Said, *, base: int | None, by: User, note: str = "") -> Saved:
    """Let the article say this; the form was filled in over the text of the revision `base`; `note`
    says in the history what was changed.

    What others have saved since then stays in it.  Raises Overtaken where the two contradict each
    other, InvalidInput (field: a key of the form, or none), Conflict and NotAllowed.
    """
    insist(Act.SAVE, by, article)
    if article.deleted_at is not None:
        raise InvalidTransition("This article is in the trash. Take it out first.")
    path, before = path_of(article), base_text(article, base)
    mine = written(article, said, base=base)
    if base == article.live_revision_id:
        return Saved(_edit(article, mine, path=path, by=by, note=note))
    live = text_of(article)
    found = merge(before, mine, live)
    if found.manuscript is None:
        raise _overtaken(article, before, mine, live, found.conflicts)
    return Saved(_edit(article, found.manuscript, path=path, by=by, note=note), with_others=True)


def written(article: Article, said: Said, *, base: int | None) -> Manuscript:
    """The text as the form says it that was filled in over the revision `base`.  Raises as `save`."""
    _refuse(said)
    return filled(base_text(article, base), said, path=path_of(article))


def base_text(article: Article, base: int | None) -> Manuscript:
    """The text over which a form was filled in.  Raises Conflict if that is not known here."""
    revision = _revision(article, base)
    if revision is None:
        raise Conflict("This form is from another article. Open the article again.")
    return revision.manuscript


def is_base(article: Article, base: int | None) -> bool:
    """Whether this is the id of a text of the article, over which a form can be filled in."""
    return _revision(article, base) is not None


def _revision(article: Article, base: int | None) -> Revision | None:
    revision = db.session.get(Revision, base) if base and 0 < base <= LARGEST_ID else None
    return revision if revision is not None and revision.article_id == article.id else None


def _edit(article: Article, manuscript: Manuscript, *, path: str, by: User, note: str) -> Article:
    said = said_in(manuscript, path=path)
    insist_on_status(Status(said["status"]), by)
    editing.edit(article, manuscript, by=by, note=note)
    return article


def _refuse(said: Said) -> None:
    if db.session.get(Section, said["folder"]) is None:
        raise InvalidInput("Choose a folder from the list.", field="folder")
    if has_marks(said["body"], names=NAMES):
        raise InvalidInput(
            "There are still lines with <<<<<<< or >>>>>>> in it. Keep what is right of both, and "
            "take these lines out.",
            field="body",
        )


def _overtaken(
    article: Article,
    before: Manuscript,
    mine: Manuscript,
    live: Manuscript,
    conflicts: Sequence[str],
) -> Overtaken:
    """Both texts as one form: with the changes of both, and mine where keys contradict each other."""
    keys = [key for key in conflicts if key != BODY]
    agreeing = mine.setting({key: before.front.get(key) for key in keys})
    head = merge(before.saying(""), agreeing.saying(""), live.saying("")).manuscript or live
    body = merge_with_marks(before.body, mine.body, live.body, names=NAMES)
    both = head.setting({key: mine.front.get(key) for key in keys}).saying(body)
    revision = db.session.get_one(Revision, article.live_revision_id)
    return Overtaken(
        said_in(both, path=path_of(article)),
        base=revision.id,
        keys=keys,
        theirs=word_changes(before.text, live.text),
        author=revision.author,
    )
