"""Articles and sections of articles whose titles hold what somebody types, as links that survive renames."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, select

from app.articles.article import Article, Section, Status
from app.articles.revision import Revision
from app.articles.writing.starting import FOLDER
from app.core.db import at_most, db

MOST = 8
LONGEST = 80


@dataclass(frozen=True)
class _Found:
    id: str
    title: str
    status: Status
    section: str

    @property
    def beside(self) -> str:
        """Where it is, and whether readers find it."""
        is_shown = self.status is Status.PUBLISHED
        return self.section if is_shown else f"{self.section}, not published"


@dataclass(frozen=True)
class Choice:
    """What is proposed, and the Markdown that it puts in."""

    title: str
    beside: str
    markdown: str


def completions(text: str) -> Sequence[Choice]:
    """Articles whose titles hold the words; behind `#`, the headings of the first of them."""
    words, mark, heading = text.strip().partition("#")
    found = _articles(words.strip(), most=1 if mark else MOST)
    if mark and found:
        return _headings(found[0].id, found[0].title, heading.strip().lower())
    return [Choice(row.title, row.beside, link_to(row.id, label=row.title)) for row in found]


def link_to(id: str, *, label: str, anchor: str = "") -> str:
    """A link to an article by its id, in Markdown."""
    plain = label.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"[{plain}]({id}{f'#{anchor}' if anchor else ''})"


def _articles(words: str, *, most: int) -> Sequence[_Found]:
    rows = (
        select(Article.id, Article.title, Article.status, Section.title)
        .join(Section, Section.path == Article.section_path)
        .where(
            Article.deleted_at.is_(None),
            Article.status != Status.ARCHIVED,
            Article.section_path != FOLDER,
        )
        .order_by(
            case((Article.title.istartswith(words, autoescape=True), 0), else_=1),
            Article.title,
            Article.id,
        )
        .limit(at_most(most))
    )
    for word in words.split():
        rows = rows.where(Article.title.icontains(word, autoescape=True))
    return [_Found(*row) for row in db.session.execute(rows)]


def _headings(id: str, title: str, begun: str) -> Sequence[Choice]:
    rows = select(Revision.headings).join(Article, Article.live_revision_id == Revision.id)
    headings = db.session.scalar(rows.where(Article.id == id)) or []
    return [
        Choice(each["text"], title, link_to(id, label=each["text"], anchor=each["id"]))
        for each in headings
        if begun in each["text"].lower()
    ][:MOST]
