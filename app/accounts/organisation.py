"""An organisation: people who write to us for the same house."""

from sqlalchemy import String

from app.core.db import CreatedAt, Id, Mapped, Model, mapped_column

LONGEST_NAME = 120


class Organisation(Model):
    """A name that several people share; `open` means that they may read each other's tickets."""

    __tablename__ = "organisations"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    open: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]
