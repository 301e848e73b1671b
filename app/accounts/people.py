"""Finding and meeting people."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from app.accounts import auditing
from app.accounts.auditing import Action
from app.accounts.permissions import Permission, roles_with
from app.accounts.user import HeldRole, User
from app.core.db import add_unless_there, db
from app.core.errors import InvalidInput, NotAllowed
from app.core.uow import verb
from app.core.web.page_cache import bump
from app.core.web.remembering import remembered

LONGEST_NAME = 200
LAST = "\U0010ffff"
"""What stands behind every letter."""
STAMP = "people"
"""Stands for the names and roles of accounts: whoever changes one of them bumps it."""


@verb
def person_for(address: str, *, name: str = "") -> User:
    """The person with this mail address, made if nobody has it yet.

    Raises InvalidInput (field `email`) for something that is no address.
    """
    email = normal_address(address)
    user = with_address(email)
    if user is None:
        seen = "".join(char for char in " ".join(name.split()) if char.isprintable())
        known_as = seen.strip()[:LONGEST_NAME] or email.partition("@")[0]
        add_unless_there(User, email=email, name=known_as)
        user = db.session.scalars(select(User).where(User.email == email)).one()
    return user


def rename(user: User, *, name: str) -> None:
    """Call the person by another name from now on.  Raises InvalidInput (field `name`)."""
    _rename(user, normal_name(name))


@verb
def correct_address(user: User, *, to: str, by: User) -> None:
    """Say that somebody without an account is reached at another address.

    Raises NotAllowed for an account, which is its owner's; InvalidInput (field `email`) for no address,
    and for that of somebody else.
    """
    email = normal_address(to)
    if email == user.email:
        return
    if user.has_account:
        raise NotAllowed(f"{user.name} has an account: only they can change its address.")
    if with_address(email) is not None:
        raise InvalidInput(
            "This is the address of somebody else here. Add them to the ticket instead.",
            field="email",
        )
    user.email = email
    auditing.note(Action.ADDRESS_CORRECTED, about=user, by=by)


def with_address(address: str) -> User | None:
    """The person with this mail address, if there is one."""
    return db.session.scalar(select(User).where(User.email == address.strip().lower()))


def people_by_id(ids: Sequence[int]) -> dict[int, User]:
    """People by their ids."""
    found = db.session.scalars(
        select(User).where(User.id.in_(ids)).options(selectinload(User.held))
    )
    return {user.id: user for user in found}


def names_of(ids: Collection[int]) -> dict[int, str]:
    """The names of people by their ids."""
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {row.id: row.name for row in rows}


def beginning_with(text: str, *, most: int) -> Sequence[Row[int, str, str]]:
    """Id, name and address of a few people whose name or address begins so: two index ranges."""
    cased = text[:1].upper() + text[1:]
    values = {
        "name": cased, "past": cased + LAST, "mail": text.lower(), "end": text.lower() + LAST,
        "most": most,
    }  # fmt: skip
    return db.session.execute(_beginning_with(), values).all()


def names_with(permission: Permission) -> Mapping[int, str]:
    """Names by id of everybody active who holds a permission through a stored role, in their order."""

    def read() -> dict[int, str]:
        return {row.id: row.name for row in db.session.execute(_names_with(permission))}

    return remembered(STAMP, ("names", permission), read)


def may_sign_in() -> ColumnElement[bool]:
    """The condition that leaves only people who may sign in: `User.is_active` as SQL."""
    return and_(User.deactivated_at.is_(None), User.confirmed_at.is_not(None))


def normal_name(name: str) -> str:
    """The name in one line.  Raises InvalidInput (field `name`) for none or a very long one."""
    name = " ".join(name.split())
    if not name.isprintable() or not 1 <= len(name) <= LONGEST_NAME:
        raise InvalidInput(f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    return name


def normal_address(address: str) -> str:
    """The address in the one spelling under which it is stored: lower case.

    Raises InvalidInput (field `email`).
    """
    try:
        found = validate_email(address.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        raise InvalidInput(
            "That is not a complete mail address. It looks like name@example.org.", field="email"
        ) from fault
    return found.normalized.lower()


@cache
def _beginning_with() -> CompoundSelect[int, str, str]:
    def few(column: InstrumentedAttribute[str], first: str, past: str) -> Select[int, str, str]:
        begins = (column >= bindparam(first, type_=String), column < bindparam(past, type_=String))
        rows = select(User.id, User.name, User.email).where(*begins).order_by(column)
        return select(rows.limit(bindparam("most", type_=Integer)).subquery())

    both = union(few(User.name, "name", "past"), few(User.email, "mail", "end"))
    return both.order_by("name").limit(bindparam("most", type_=Integer))


@cache
def _names_with(permission: Permission) -> Select[int, str]:
    holders = select(HeldRole.user_id).where(HeldRole.role.in_(roles_with(permission)))
    active = select(User.id, User.name).where(User.id.in_(holders), may_sign_in())
    return active.order_by(User.name, User.id)


@verb
def _rename(user: User, name: str) -> None:
    user.name = name
    bump(STAMP)
