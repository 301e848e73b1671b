"""A person: with an account, or only known by a mail address."""

import secrets
from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import relationship

from app.accounts.permissions import Permission, Role, permissions_of
from app.core.db import CreatedAt, Id, Mapped, Model, Short, enum_text, mapped_column


class User(Model):
    """Somebody.  Without a password it is a person who wrote to us and has no account."""

    __tablename__ = "users"
    __table_args__ = (
        Index("ix_users_name_id", "name", "id"),
        Index("ix_users_organisation_id_name", "organisation_id", "name", "id"),
    )

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[Short]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None]
    deactivated_at: Mapped[datetime | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    session_key: Mapped[str] = mapped_column(String(32), default=lambda: new_session_key())
    created_at: Mapped[CreatedAt]

    held: Mapped[list["HeldRole"]] = relationship(
        cascade="all, delete-orphan", order_by="HeldRole.role"
    )
    """Read when first asked for: most people on a page are only names, whose roles nobody asks."""

    is_authenticated: Literal[True] = True
    is_anonymous: Literal[False] = False

    @property
    def is_active(self) -> bool:
        """Whether this person may sign in."""
        return self.deactivated_at is None and self.confirmed_at is not None

    @property
    def has_account(self) -> bool:
        """Whether the address was confirmed once; without that, whoever confirms it becomes its owner."""
        return self.confirmed_at is not None or self.deactivated_at is not None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held, `user` among them."""
        return frozenset({Role.USER, *(each.role for each in self.held)})

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything that the roles together may do."""
        return permissions_of(self.roles)

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles holds the permission."""
        return permission in self.permissions

    @property
    def is_staff(self) -> bool:
        """Whether this person answers tickets."""
        return self.may(Permission.TICKETS_READ)

    def get_id(self) -> str:
        """What the session cookie holds; a new `session_key` signs out everywhere."""
        return f"{self.id}.{self.session_key}"


def new_session_key() -> str:
    """A key that no cookie and no link knows: giving it to a person ends all their sessions and links."""
    return secrets.token_hex(16)


class HeldRole(Model):
    """One role that one person holds."""

    __tablename__ = "user_roles"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[Role] = mapped_column(enum_text(Role), primary_key=True)


class Visitor:
    """Somebody who is not signed in."""

    id = None
    organisation_id = None
    name = ""
    email = ""
    is_authenticated = False
    is_active = False
    is_anonymous = True
    is_staff = False
    roles = frozenset({Role.VISITOR})

    @property
    def permissions(self) -> frozenset[Permission]:
        """What a visitor may do."""
        return permissions_of(self.roles)

    def may(self, permission: Permission) -> bool:
        """Whether a visitor may do it."""
        return permission in self.permissions

    def get_id(self) -> None:
        """A visitor has no session."""


Person = User | Visitor
