"""What somebody chose: how to hear of what, and when their digest comes; without a row, the default."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String

from app.core.db import Mapped, Model, enum_text, mapped_column
from app.notifications.occasion import Occasion, Way


class Choice(Model):
    """One person, one occasion, another way than the default."""

    __tablename__ = "notification_choices"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    occasion: Mapped[Occasion] = mapped_column(enum_text(Occasion), primary_key=True, index=True)
    way: Mapped[Way] = mapped_column(enum_text(Way))
    chosen_at: Mapped[datetime]


DIGEST_HOUR = 8
"""When it comes, on the clock, if nothing else was chosen."""


class Every(StrEnum):
    """How often a digest comes."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


class DigestTimes(Model):
    """When the digest of one person comes; `zone` is a name of the IANA list, empty for the desk's."""

    __tablename__ = "digest_times"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    every: Mapped[Every] = mapped_column(enum_text(Every), default=Every.DAY)
    hour: Mapped[int] = mapped_column(default=DIGEST_HOUR)
    zone: Mapped[str] = mapped_column(String(60), default="")
