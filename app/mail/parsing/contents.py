"""What a mail contains: which of its entities are its text, in which form, and which are files."""

from collections.abc import Callable

from app.mail.parsing import cms, embedded, html_text, tnef
from app.mail.parsing.body import Contents, Segment
from app.mail.parsing.charsets import text_of
from app.mail.parsing.entity import Entity
from app.mail.parsing.file_names import made_up, safe_name
from app.mail.parsing.parsed import Part
from app.mail.parsing.splitting import split
from app.mail.parsing.texts import cleaned, unflowed

LONGEST_TEXT = 2_000_000
"""Characters of text that are read; the rest is in the original."""

MOST_WRAPPERS = 3
"""Signed mails within signed mails that are opened."""


_SHOWN = ("text/", "multipart/")


def contents_of(root: Entity) -> Contents:
    """Sort what the entities of a mail hold."""
    found = Contents()
    _walk(root, found)
    if not any(_is_something(segment) for segment in found.segments) and found.spare:
        found.segments = found.spare
    return found


def _walk(entity: Entity, found: Contents) -> None:
    if entity.is_multipart:
        _MULTIPARTS.get(entity.content_type, _mixed)(entity, found)
    elif entity.content_type.startswith("multipart/"):
        found.defects.append("A multipart has no parts.")
        _text_leaf(entity, found, is_html=False)
    else:
        _leaf(entity, found)


def _mixed(entity: Entity, found: Contents) -> None:
    for child in entity.children:
        _walk(child, found)


def _alternative(entity: Entity, found: Contents) -> None:
    """The same thing in several forms: the first text and the last HTML are one piece (RFC 2046, 5.1.4)."""
    inner = Contents(wrappers=found.wrappers)
    for child in entity.children:
        _walk(child, inner)
    texts = [each.text for each in inner.segments if each.text and each.text.strip()]
    htmls = [each.html for each in inner.segments if each.html and each.html.strip()]
    _take_over(found, inner)
    if texts or htmls:
        found.segments.append(Segment("\n\n".join(texts) or None, "\n".join(htmls) or None))


def _related(entity: Entity, found: Contents) -> None:
    """A root and what it shows (RFC 2387)."""
    start = entity.parameters.get("start", "").strip("<> ")
    named = [each for each in entity.children if start and each.content_id == start]
    shown = [each for each in entity.children if each.content_type.startswith(_SHOWN)]
    root = [*named, *shown, entity.children[0]][0]
    _walk(root, found)
    for child in entity.children:
        if child is not root:
            _file(
                child, found, inline=not child.is_attachment
            ) if not child.is_multipart else _walk(child, found)


def _apple_double(entity: Entity, found: Contents) -> None:
    """A file and what only a Macintosh needs of it (RFC 1740)."""
    for child in entity.children:
        if child.content_type != "application/applefile":
            _walk(child, found)


_MULTIPARTS: dict[str, Callable[[Entity, Contents], None]] = {
    "multipart/alternative": _alternative,
    "multipart/related": _related,
    "multipart/appledouble": _apple_double,
}


def _leaf(entity: Entity, found: Contents) -> None:
    kind, name = entity.content_type, entity.file_name
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and _opened(entity, found):
        return
    if (
        kind in ("application/ms-tnef", "application/vnd.ms-tnef")
        or (name or "").lower() == "winmail.dat"
    ):
        _tnef(entity, found)
    elif kind in ("text/plain", "text/html", "text/enriched", "text/richtext"):
        if entity.is_attachment or name:
            _file(entity, found, inline=not entity.is_attachment)
            _text_leaf(entity, Contents(segments=found.spare), is_html=kind != "text/plain")
        else:
            _text_leaf(entity, found, is_html=kind != "text/plain")
    elif kind != "text/x-amp-html":
        _file(entity, found, inline=entity.disposition[0] == "inline" or bool(entity.content_id))


def _text_leaf(entity: Entity, found: Contents, *, is_html: bool) -> None:
    data, files = embedded.taken_out(entity.content) if not is_html else (entity.content, [])
    charset = entity.charset or (html_text.charset_in(data) if is_html else None)
    text, is_sound = text_of(data, charset)
    if not is_sound:
        found.defects.append("A text is not in the character set that it says.")
    if len(text) > LONGEST_TEXT:
        found.defects.append("A text is longer than is read.")
    text = cleaned(text[:LONGEST_TEXT])
    if is_html:
        found.segments.append(Segment(None, text))
    else:
        if entity.parameters.get("format", "").lower() == "flowed":
            text = unflowed(text, delete_space=entity.parameters.get("delsp", "").lower() == "yes")
        found.segments.append(Segment(text, None))
    for each in files:
        _add(found, text_of(each.name, None)[0], "application/octet-stream", each.content)


def _file(entity: Entity, found: Contents, *, inline: bool) -> None:
    content = entity.content
    if not content and not entity.file_name:
        return
    _add(
        found,
        entity.file_name or _said_name(entity),
        entity.content_type,
        content,
        inline=inline,
        content_id=entity.content_id,
        named=bool(entity.file_name),
    )


def _add(
    found: Contents,
    name: str,
    content_type: str,
    content: bytes,
    *,
    inline: bool = False,
    content_id: str | None = None,
    named: bool = True,
) -> None:
    fit = safe_name(name)
    found.files.append(
        Part(
            name=fit or made_up(content_type),
            named=named and bool(fit),
            content_type=content_type,
            size=len(content),
            inline=inline,
            content_id=content_id,
            content=content,
        )
    )


def _said_name(entity: Entity) -> str:
    """A name for a file without one: for a mail its subject, else what the part is called."""
    about = None
    if entity.content_type in ("message/rfc822", "message/global"):
        about = split(entity.content[:100_000]).root.first("subject")
        about = about and about.replace("/", " ").replace("\\", " ")
    elif entity.content_type == "text/calendar":
        about = "invite"
    return made_up(entity.content_type, said=about)


def _opened(entity: Entity, found: Contents) -> bool:
    """Whether it was a signed mail, now read in its stead."""
    signed = cms.signed_content(entity.content) if found.wrappers < MOST_WRAPPERS else None
    if signed is None:
        return False
    inner = Contents(wrappers=found.wrappers + 1)
    opened = split(signed)
    _walk(opened.root, inner)
    found.segments += inner.segments or inner.spare
    _file(entity, found, inline=False)
    _take_over(found, inner)
    return True


def _tnef(entity: Entity, found: Contents) -> None:
    """Outlook's own package: its files beside it, its body if there is no other."""
    inside = tnef.unpacked(entity.content)
    _file(entity, found, inline=False)
    if inside is None:
        found.defects.append("A winmail.dat cannot be read.")
        return
    for name, content in inside.files:
        _add(found, name, "application/octet-stream", content)
    if inside.text.strip() or inside.html.strip():
        found.spare.append(Segment(cleaned(inside.text) or None, cleaned(inside.html) or None))


def _take_over(found: Contents, inner: Contents) -> None:
    found.files += inner.files
    found.spare += inner.spare
    found.defects += inner.defects


def _is_something(segment: Segment) -> bool:
    return bool((segment.text or segment.html or "").strip())
