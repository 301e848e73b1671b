"""A registration: an account that somebody asked for and has not confirmed yet."""

from datetime import timedelta

from sqlalchemy import String

from app.core.db import CreatedAt, Id, Mapped, Model, Short, mapped_column

LASTS = timedelta(days=3)


class Registration(Model):
    """Name and password for an address, until whoever reads its mail says yes.

    Several may wait for one address: nobody can spoil a registration by making another.
    """

    __tablename__ = "registrations"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[Short]
    password_hash: Mapped[Short]
    created_at: Mapped[CreatedAt] = mapped_column(index=True)
