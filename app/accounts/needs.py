"""What a URL needs: the last column of every `urls.py`."""

from dataclasses import dataclass
from typing import Any

from app.accounts.permissions import Permission


@dataclass(frozen=True)
class _Anyone:
    name: str = "anyone"
    open: bool = True

    def __call__(self, user: Any) -> bool:
        return True


@dataclass(frozen=True)
class _SignIn:
    name: str = "sign in"
    open: bool = False

    def __call__(self, user: Any) -> bool:
        return bool(user.is_authenticated)


@dataclass(frozen=True)
class _May:
    permission: Permission
    open: bool = False

    @property
    def name(self) -> str:
        return f"may {self.permission.value}"

    def __call__(self, user: Any) -> bool:
        return bool(user.may(self.permission))


@dataclass(frozen=True)
class _Either:
    needs: tuple[_May, ...]
    open: bool = False

    @property
    def name(self) -> str:
        return " or ".join(each.name for each in self.needs)

    def __call__(self, user: Any) -> bool:
        return any(each(user) for each in self.needs)


anyone = _Anyone()
signature = _Anyone("a signature")
"""No person at all: the view checks what a machine has signed."""
sign_in = _SignIn()


def may(permission: Permission) -> _May:
    """Enter with this permission only."""
    return _May(permission)


def either(*needs: _May) -> _Either:
    """Enter with one of these at least."""
    return _Either(needs)
