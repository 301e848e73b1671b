"""The fields of an article's file, typed, with the defaults that its body gives."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from app.articles.article import LAST, Status, Visibility
from app.articles.files.fault import Fault
from app.articles.files.folder import LANG_FORM, Folder
from app.articles.files.front_matter import FrontMatter
from app.articles.files.reader import Reader
from app.core.excerpts import excerpt, plain_text
from app.core.slugs import slug

ID_FORM = r"kb_[a-z2-7]{10}"
LONGEST_SUMMARY = 300

_KNOWN = frozenset(
    {
        *("id", "title", "slug", "summary", "lang", "translation_of", "category", "tags", "status"),
        *("publish_at", "expires_at", "visibility", "owner", "review_every", "aliases", "related"),
        *("synonyms", "faq", "sources", "order"),
    }
)
_TOO_EARLY = "cannot be used yet: the article would be shown at once. Fix: set `status: draft`."
_FIRST_HEADING = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")


@dataclass(frozen=True)
class Fields:
    """What a file says about its article; `text` is the body without a heading that repeats the title."""

    id: str | None
    title: str
    slug: str
    summary: str
    lang: str
    status: Status
    visibility: Visibility
    tags: list[str]
    synonyms: list[str]
    position: int
    text: str


def read_fields(front: FrontMatter, folder: Folder) -> tuple[Fields, list[Fault]]:
    """The typed fields, and warnings.  Raises Faulty (E105)."""
    reader = Reader(front.entries, path=front.path)
    heading = _FIRST_HEADING.match(front.body)
    said = plain_text(heading["title"])[:200] if heading else ""
    own_title = reader.text("title", longest=200)
    title = own_title or said or _name(front.path)
    text = front.body[heading.end() :] if heading and said == title else front.body
    if not own_title and not said:
        _warn_of_no_title(reader, front)
    position = reader.integer("order")
    fields = Fields(
        id=reader.pattern("id", ID_FORM, says="kb_ and ten characters of a-z and 2-7"),
        title=title,
        slug=reader.pattern("slug", "[a-z0-9-]{1,80}", says="small letters, digits and hyphens")
        or slug(_name(front.path)),
        summary=reader.text("summary", longest=LONGEST_SUMMARY)
        or excerpt(text, length=LONGEST_SUMMARY),
        lang=reader.pattern("lang", LANG_FORM, says="a language code, such as en") or folder.lang,
        status=reader.choice("status", Status) or Status.DRAFT,
        visibility=reader.choice("visibility", Visibility) or folder.visibility,
        tags=reader.texts("tags", most=10),
        synonyms=reader.texts("synonyms", most=20),
        position=LAST if position is None else position,
        text=text,
    )
    reader.forbid("publish_at", _TOO_EARLY)
    reader.forbid("expires_at", _TOO_EARLY)
    reader.warn_of_unknown(_KNOWN)
    return fields, reader.done()


def _name(path: str) -> str:
    return PurePosixPath(path).stem


def _warn_of_no_title(reader: Reader, front: FrontMatter) -> None:
    said = f'No title and no first heading: the file name "{_name(front.path)}" is used.'
    reader.faults.append(Fault(front.path, 1, 1, "W203", said))
