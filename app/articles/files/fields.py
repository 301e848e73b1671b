"""The fields of an article's file, typed, with the defaults that its folder and its body give."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import PurePosixPath

from app.articles.article import LAST, Status, Visibility
from app.articles.files.fault import Fault
from app.articles.files.folder import REVIEW_FORM, Folder
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Entry, read_mapping
from app.articles.files.reader import Reader
from app.core.excerpts import excerpt, plain_text
from app.core.settings import LANGUAGE_FORM
from app.core.slugs import slug

ID_FORM = r"kb_[a-z2-7]{10}"
LONGEST_SUMMARY = 300
LISTS = frozenset({"tags", "aliases", "synonyms", "related", "sources"})
"""Keys whose values are sets: what two people added to them is added by both."""

KNOWN = frozenset(
    {
        *("id", "title", "slug", "summary", "lang", "translation_of", "category", "status"),
        *("publish_at", "expires_at", "visibility", "owner", "review_every", "faq", "order"),
        *LISTS,
    }
)
"""The keys that mean something."""

_SOURCE_FORM = r"(ticket|question):\d{1,12}"
_FIRST_HEADING = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")


@dataclass(frozen=True)
class Fields:
    """What a file says about its article; `text` is the body without a heading that repeats the title."""

    id: str | None
    title: str
    slug: str
    summary: str
    lang: str
    translation_of: str | None
    category: str
    status: Status
    visibility: Visibility
    publish_at: datetime | None
    expires_at: datetime | None
    owner: str | None
    review_every: str | None
    tags: list[str]
    aliases: list[str]
    related: list[str]
    synonyms: list[str]
    position: int
    faq: bool
    text: str

    @property
    def address(self) -> tuple[str, str]:
        """Slug and language: what no two articles share."""
        return self.slug, self.lang


def entries_of(manuscript: Manuscript, *, path: str) -> dict[str, Entry]:
    """The entries of its front matter with their places.  Raises Faulty (E101 to E105)."""
    return read_mapping(manuscript.settings, path=path, first_line=2)


def read_fields(
    manuscript: Manuscript, folder: Folder, *, path: str, zone: tzinfo
) -> tuple[Fields, list[Fault]]:
    """The typed fields, and warnings.  Times without an offset are of the zone.  Raises Faulty."""
    reader = Reader(entries_of(manuscript, path=path), path=path)
    own_title = reader.text("title", longest=200)
    title, text = _title(own_title, manuscript, path)
    if not own_title and title == _name(path):
        said = f'No title and no first heading: the file name "{title}" is used.'
        reader.faults.append(Fault(path, 1, 1, "W203", said))
    position = reader.integer("order")
    fields = Fields(
        id=reader.pattern("id", ID_FORM, says="kb_ and ten characters of a-z and 2-7"),
        title=title,
        slug=reader.pattern("slug", "[a-z0-9-]{1,80}", says="small letters, digits and hyphens")
        or slug(_name(path)),
        summary=reader.text("summary", longest=LONGEST_SUMMARY)
        or excerpt(text, length=LONGEST_SUMMARY),
        lang=reader.pattern("lang", LANGUAGE_FORM, says="a language code, such as en")
        or folder.lang,
        translation_of=reader.pattern("translation_of", ID_FORM, says="the id of an article"),
        category=_category(reader) or folder.category or folder.path,
        status=reader.choice("status", Status) or Status.DRAFT,
        visibility=reader.choice("visibility", Visibility) or folder.visibility,
        publish_at=reader.instant("publish_at", zone=zone),
        expires_at=reader.instant("expires_at", zone=zone),
        owner=reader.text("owner", longest=254) or folder.owner,
        review_every=reader.pattern(
            "review_every", REVIEW_FORM, says="days or months, such as 90d or 6m"
        )
        or folder.review_every,
        tags=reader.texts("tags", most=10),
        aliases=[_bare(alias) for alias in reader.texts("aliases", most=50)],
        related=reader.texts("related", most=20),
        synonyms=reader.texts("synonyms", most=20),
        position=LAST if position is None else position,
        faq=reader.boolean("faq"),
        text=text,
    )
    reader.each("sources", _SOURCE_FORM, says="ticket:12 or question:7")
    if fields.publish_at and fields.expires_at and fields.expires_at <= fields.publish_at:
        reader.refuse("expires_at", "is not after `publish_at`.", code="E109")
    reader.warn_of_unknown(KNOWN)
    return fields, reader.done()


def _title(own: str | None, manuscript: Manuscript, path: str) -> tuple[str, str]:
    """The title, and the body without a first heading that says the same."""
    heading = _FIRST_HEADING.match(manuscript.body)
    said = plain_text(heading["title"])[:200] if heading else ""
    title = own or said or _name(path)
    if heading and said == title:
        return title, manuscript.body[heading.end() :]
    return title, manuscript.body


def _category(reader: Reader) -> str | None:
    form = r"[^/\\\x00-\x1f.][^/\\\x00-\x1f]{0,80}(/[^/\\\x00-\x1f.][^/\\\x00-\x1f]{0,80}){0,5}"
    return reader.pattern("category", form, says="names of sections, such as Billing/Refunds")


def _bare(alias: str) -> str:
    """An old address as redirects know it: without the slash and `help/` before it."""
    return alias.strip("/").removeprefix("help/")


def _name(path: str) -> str:
    return PurePosixPath(path).stem
