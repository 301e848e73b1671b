"""A mention: who was called to which note; and how names are found in a text."""

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index

from app.core.db import CreatedAt, Mapped, Model, mapped_column

_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)|(`+)[^`].*?\2", re.M | re.S)
_AT = re.compile(r"(?<![\w.@/])@(?=\w)")


class Mention(Model):
    """One person in one note; `read_at` is empty until they have seen to it."""

    __tablename__ = "ticket_mentions"
    __table_args__ = (
        Index("ix_ticket_mentions_user_id_message_id", "user_id", "message_id"),
        Index("ix_ticket_mentions_user_id_read_at", "user_id", "read_at"),
    )

    message_id: Mapped[int] = mapped_column(
        ForeignKey("ticket_messages.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[CreatedAt]
    read_at: Mapped[datetime | None]


def mentioned_in(text: str, names: Mapping[int, str]) -> frozenset[int]:
    """The people of these names, by id, whom a Markdown text calls.

    A person is called by the whole name, or by the first one where nobody shares it.  What stands in
    code calls nobody, nor does a mail address.
    """
    text = " ".join(_CODE.sub(" ", text).split()).casefold()
    called = _callable(names)
    longest_first = sorted(called, key=len, reverse=True)
    found = set()
    for match in _AT.finditer(text):
        name = next((name for name in longest_first if _stands(name, text, match.end())), None)
        if name is not None:
            found.add(called[name])
    return frozenset(found)


def _callable(names: Mapping[int, str]) -> dict[str, int]:
    """Whom each name calls that calls one person only."""
    holders: dict[str, set[int]] = {}
    for key, name in names.items():
        whole = " ".join(name.casefold().split())
        for each in {whole, whole.partition(" ")[0]}:
            holders.setdefault(each, set()).add(key)
    return {name: ids.pop() for name, ids in holders.items() if len(ids) == 1}


def _stands(name: str, text: str, at: int) -> bool:
    end = at + len(name)
    return text.startswith(name, at) and not re.match(r"[\w@]|-\w", text[end : end + 2])
