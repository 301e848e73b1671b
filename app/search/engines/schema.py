"""The fields of a Whoosh index, how texts become terms, and how a search becomes a query."""

from typing import Any

from whoosh import fields, qparser, query
from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.support.charset import accent_map

from app.search.asked import IGNORED, WORD, Asked
from app.search.document import Document, Thing

VERSION = "v2"
"""Goes up with every change of the schema or the analyser; an index of another version is not read."""

TITLE_BOOST = 2.0
MICROSECONDS = 1_000_000
"""A second holds so many; what was made in the same second still has an order."""

_analyser = (
    RegexTokenizer(WORD)
    | LowercaseFilter()
    | CharsetFilter(accent_map)
    | StopFilter(stoplist=IGNORED, minsize=1)
    | StemFilter(cachesize=50_000)
)
SCHEMA = fields.Schema(
    thing=fields.ID(stored=True),
    scope=fields.KEYWORD,
    updated=fields.NUMERIC(numtype=int, bits=64, sortable=True),
    title=fields.TEXT(analyzer=_analyser),
    body=fields.TEXT(analyzer=_analyser),
)
_STRICT, _LOOSE = qparser.AndGroup, qparser.OrGroup.factory(0.9)


def row(document: Document) -> dict[str, Any]:
    """The fields of a document."""
    scopes = [scope(document.kind, each) for each in document.audiences]
    scopes += [closed(document.kind, each) for each in document.not_for]
    return {
        "thing": name(document.thing),
        "scope": " ".join(scopes),
        "updated": int(document.updated_at.timestamp() * MICROSECONDS),
        "title": document.title,
        "body": document.body,
    }


def name(thing: Thing) -> str:
    """A thing as one term."""
    kind, ref = thing
    return f"{kind}:{ref}"


def thing_named(term: str) -> Thing:
    """The thing of a term."""
    kind, _, ref = term.partition(":")
    return kind, ref


def scope(kind: str, audience: str) -> str:
    """The term of documents of a kind that an audience may find."""
    return f"{kind}|{audience}"


def closed(kind: str, audience: str) -> str:
    """The term of documents of a kind that are not meant for an audience."""
    return f"{kind}|!{audience}"


def strict(asked: Asked) -> query.Query:
    """All the words, in the title or the body.  Never fails: only phrases and prefixes are known."""
    return _parse(asked, _STRICT)


def loose(asked: Asked) -> query.Query:
    """Some of the words; the more, the better."""
    return _parse(asked, _LOOSE)


def _parse(asked: Asked, group: Any) -> query.Query:
    plugins = [qparser.WhitespacePlugin(), qparser.PhrasePlugin(), qparser.PrefixPlugin()]
    parser = qparser.MultifieldParser(
        ["title", "body"],
        SCHEMA,
        fieldboosts={"title": TITLE_BOOST},
        group=group,
        plugins=plugins,
    )
    return parser.parse(" ".join(asked.parts))
