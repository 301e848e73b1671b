"""What a folder says for the folders and articles in it that say nothing themselves, passed on at once.

Who may read is passed on here, for nobody may go on reading what was closed until the next sync;
language and owner follow with it.
"""

from pathlib import Path

from sqlalchemy import or_, select

from app.articles.article import Article, Section, Visibility
from app.articles.content_file import ContentFile
from app.articles.events import ArticleChanged
from app.articles.files.folder import read_folders
from app.articles.merging import strictest
from app.articles.revision import Revision
from app.core.db import db
from app.core.events import publish
from app.core.uow import verb


@verb
def pass_on(section: Section, *, root: Path | None) -> None:
    """Let folders below that state no visibility, and articles that state none, follow this one."""
    below = Section.path.startswith(f"{section.path}/", autoescape=True)
    sections = {each.path: each for each in db.session.scalars(select(Section).where(below))}
    if root is not None and section.path:
        there = [path for path in sections if (root / path).is_dir()]
        folders, _ = read_folders(root, there)
        for path in there:
            if not folders[path].broken:
                sections[path].visibility = folders[path].visibility
    visibility = {path: each.visibility for path, each in sections.items()}
    _pass_on_to_articles(visibility | {section.path: section.visibility})


def _pass_on_to_articles(visibility: dict[str, Visibility]) -> None:
    rows = (
        select(Article, Revision.front_json, ContentFile.path)
        .join(Revision, Revision.id == Article.live_revision_id)
        .outerjoin(ContentFile, ContentFile.article_id == Article.id)
        .where(
            or_(
                Article.section_path.in_(visibility),
                *(ContentFile.path.startswith(f"{path}/", autoescape=True) for path in visibility),
            )
        )
    )
    for article, front, path in db.session.execute(rows):
        folder = path.rpartition("/")[0] if path else article.section_path
        if "visibility" in front or folder not in visibility:
            continue
        wanted = visibility[folder]
        if article.in_conflict:
            wanted = strictest(article.visibility, wanted)
        if article.visibility is not wanted:
            article.visibility = wanted
            publish(ArticleChanged(article_id=article.id))
