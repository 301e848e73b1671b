"""Templates: what all of them share, and making once what would be made alike for every page."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import jinja2
from flask import Flask, current_app, get_template_attribute, has_request_context, request, url_for
from jinja2.runtime import Macro
from markupsafe import Markup

from app.core.settings import Settings
from app.core.web.compiled_templates import CompiledTemplates

MOST = 2000
"""Fragments kept at most, each of a kilobyte or two, so some megabytes for each process."""

MOST_PATHS = 3000
"""Paths kept at most, and as many arguments of queries."""

HOW = {"_anchor", "_method", "_scheme", "_external"}
"""What Flask takes for no argument: how an address is built, and what stands behind its query."""

SAFE = "!$'()*,/:;?@"
"""What is written as it is in a query, as Werkzeug does (https://url.spec.whatwg.org/#percent-encoded-bytes)."""


class Template(jinja2.Template):
    """A template whose macros know the globals of the environment and nothing of the page.

    Jinja looks through the page's variables at every import, in case one of them were a global.
    """

    def _get_default_module(self, ctx: jinja2.runtime.Context | None = None) -> Any:
        return super()._get_default_module()


def init_app(app: Flask, settings: Settings) -> None:
    """Give templates `kept(macro, *arguments)`, and an `url_for` that remembers; keep them compiled."""
    app.jinja_env.template_class = Template
    if not app.debug:
        folder = settings.instance / "compiled"
        app.jinja_env.bytecode_cache = CompiledTemplates(folder, key=settings.secret_key)
    app.extensions["kept"] = _made_anew if app.debug else _kept()
    app.jinja_env.globals["kept"] = app.extensions["kept"]
    app.extensions["url_for"] = app.jinja_env.globals["url_for"] = _remembering_url_for()


def kept_part(template: str, macro: str, *arguments: Hashable) -> Markup:
    """What a macro of a template gives for these arguments, kept as `kept` does."""
    kept: Callable[..., Markup] = current_app.extensions["kept"]
    return kept(get_template_attribute(template, macro), *arguments)


def remembering_url_for() -> Callable[..., str]:
    """The `url_for` of templates."""
    path: Callable[..., str] = current_app.extensions["url_for"]
    return path


def _made_anew(macro: Macro, *arguments: Hashable) -> Markup:
    return Markup(macro(*arguments))  # noqa: S704 - a template's own output


def _kept() -> Callable[..., Markup]:
    """A function that gives what a macro gives for these arguments, made once by each process.

    For what stands on every page: the macro may use nothing but its arguments, addresses and
    static files.
    """

    def kept(macro: Macro, *arguments: Hashable) -> Markup:
        name = _Name(macro)
        return made(name, request.script_root, arguments)

    @lru_cache(MOST)
    def made(name: _Name, _root: str, arguments: tuple[Hashable, ...]) -> Markup:
        return _made_anew(name.macro, *arguments)

    return kept


def _remembering_url_for() -> Callable[..., str]:
    """Flask's `url_for`, which takes the time of a cheap statement, put together of what was built before.

    Paths are remembered, and each argument of a query by itself: the many links of a page differ in one.
    """

    def path(endpoint: str, **values: Any) -> str:
        if endpoint[0] == "." or not has_request_context() or not HOW.isdisjoint(values):
            return url_for(endpoint, **values)
        here = request._get_current_object()  # type: ignore[attr-defined]  # a proxy takes as long as all the rest
        named = places(endpoint)
        try:
            start = built(here.script_root, endpoint, *[values.get(name) for name in named])
            asked = [
                argument(name, value)
                for name, value in values.items()
                if value is not None and name not in named
            ]
        except TypeError:  # several values of one name
            return url_for(endpoint, **values)
        return f"{start}?{'&'.join(asked)}" if asked else start

    @lru_cache(None)
    def places(endpoint: str) -> tuple[str, ...]:
        return tuple(next(current_app.url_map.iter_rules(endpoint)).arguments)

    @lru_cache(MOST_PATHS, typed=True)  # 1 and True are equal, and other paths
    def built(_root: str, endpoint: str, *placed: Hashable) -> str:
        return url_for(endpoint, **dict(zip(places(endpoint), placed, strict=True)))  # type: ignore[arg-type]

    @lru_cache(MOST_PATHS, typed=True)
    def argument(name: str, value: Hashable) -> str:
        if isinstance(value, tuple):
            raise TypeError("Several values are no argument.")
        return urlencode({name: value}, safe=SAFE)

    return path


class _Name:
    """A macro, equal to itself as another page imported it."""

    __slots__ = ("key", "macro")

    def __init__(self, macro: Macro) -> None:
        self.macro = macro
        self.key = (macro._func.__code__.co_filename, macro.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Name) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)
