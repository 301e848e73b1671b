"""What no person's browser sends, refused before any room sees it.

A NUL character is an error in PostgreSQL and the end of a text elsewhere; an id beyond 31 bits is an
error in both databases.  Neither can name or say anything here.
"""

from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

from app.core.errors import InvalidInput, NotFound
from app.core.uow import SAFE_METHODS

LARGEST_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """`<int:…>` in a rule: larger numbers match nothing."""

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **({"max": LARGEST_ID} | options))


def init_app(app: Flask) -> None:
    """Refuse it.  To be called before rooms add their rules."""
    app.url_map.converters["int"] = IdConverter
    app.before_request(_refuse)


def _refuse() -> None:
    if "\0" in request.path or b"%00" in request.query_string:
        raise NotFound
    if request.method not in SAFE_METHODS and "\0" in "".join(request.form.values()):
        raise InvalidInput("There is a character in that text which nobody can type.")
