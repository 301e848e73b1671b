"""Typed reading of the query string: nonsense becomes the default, never a fault."""

from enum import StrEnum
from typing import TypeVar

from flask import request

E = TypeVar("E", bound=StrEnum)


def choice(name: str, default: E) -> E:
    """A member of the default's enum."""
    try:
        return type(default)(request.args.get(name, default.value))
    except ValueError:
        return default


def integer(name: str, *, default: int, at_least: int, at_most: int) -> int:
    """A whole number within bounds."""
    try:
        return min(max(int(request.args.get(name, default)), at_least), at_most)
    except ValueError:
        return default


def text(name: str, *, longest: int) -> str:
    """A line of text, stripped, cut at `longest` characters."""
    return request.args.get(name, "").strip()[:longest]
