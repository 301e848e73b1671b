"""Articles and sections of articles whose titles hold what somebody types, as links that survive renames."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, select

from app.articles.article import Article, Section, Status
from app.articles.revision import Revision
from app.core.db import at_most, db

MOST = 8
LONGEST = 80


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
    return [Choice(row.title, _beside(row), link_to(row.id, label=row.title)) for row in found]


def link_to(id: str, *, label: str, anchor: str = "") -> str:
    """A link to an article by its id, in Markdown."""
    plain = label.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"[{plain}]({id}{f'#{anchor}' if anchor else ''})"


def _articles(words: str, *, most: int) -> Sequence[object]:
    rows = (
        select(Article.id, Article.title, Article.status, Section.title.label("section"))
        .join(Section, Section.path == Article.section_path)
        .where(Article.deleted_at.is_(None), Article.status != Status.ARCHIVED)
        .order_by(
            case((Article.title.istartswith(words, autoescape=True), 0), else_=1),
            Article.title,
            Article.id,
        )
        .limit(at_most(most))
    )
    for word in words.split():
        rows = rows.where(Article.title.icontains(word, autoescape=True))
    return db.session.execute(rows).all()


def _headings(id: str, title: str, begun: str) -> Sequence[Choice]:
    rows = select(Revision.headings).join(Article, Article.live_revision_id == Revision.id)
    headings = db.session.scalar(rows.where(Article.id == id)) or []
    return [
        Choice(each["text"], title, link_to(id, label=each["text"], anchor=each["id"]))
        for each in headings
        if begun in each["text"].lower()
    ][:MOST]


def _beside(row: object) -> str:
    status = row.status
    return row.section if status is Status.PUBLISHED else f"{row.section}, not published"
