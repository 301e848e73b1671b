"""Showing a revision as readers saw it, or would: most were rendered once, others are now."""

from dataclasses import dataclass

from markupsafe import Markup

from app.articles.article import Article
from app.articles.composing import compose, path_of
from app.articles.revision import Revision
from app.core.errors import InvalidInput
from app.core.markdown import trusted


@dataclass(frozen=True)
class Shown:
    """The title and the HTML; or `fault`, why readers could see nothing of the kind."""

    title: str
    html: Markup
    fault: str = ""


def as_readers_see(article: Article, revision: Revision) -> Shown:
    """The page that it makes, without what stands around."""
    title = str(revision.front_json.get("title") or article.title)
    if revision.made_from:
        return Shown(title, trusted(revision.html))
    try:
        made = compose(article.id, revision.manuscript, path=path_of(article))
    except InvalidInput as fault:
        return Shown(title, Markup(""), fault.message)
    return Shown(made.fields.title, trusted(made.html))
