"""How often some words found nothing on a day."""

from datetime import date
from enum import StrEnum

from sqlalchemy import String

from app.core.db import Mapped, Model, enum_text, mapped_column


class Audience(StrEnum):
    """Who searched, no nearer than this."""

    VISITOR = "visitor"
    CUSTOMER = "customer"
    AGENT = "agent"


class SearchMiss(Model):
    """A count.  Nothing says who searched, or when on that day."""

    __tablename__ = "search_misses"

    words: Mapped[str] = mapped_column(String(100), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True, index=True)
    audience: Mapped[Audience] = mapped_column(enum_text(Audience), primary_key=True)
    times: Mapped[int]
