"""Putting the house together: the core's machinery first, then everything that wiring lists."""

import os
from typing import Any

from dotenv import dotenv_values
from flask import Flask, Response, g
from flask_login import LoginManager, current_user
from flask_migrate import Migrate

from app import wiring
from app.accounts.permissions import Permission
from app.accounts.signing_in import session_user
from app.accounts.user import Visitor
from app.core import commands, db, doorbell, events, logging, uow
from app.core.settings import ROOT, Settings
from app.core.web import (
    assets,
    errors,
    filters,
    forgery,
    nonsense,
    page_cache,
    responses,
    security,
    templating,
)
from app.core.web.routing import LazyRule

MIGRATIONS = ROOT / "migrations"


def build(settings: Settings | None) -> Flask:
    """The application.  Raises InvalidSettings when the environment cannot be used."""
    settings = settings or Settings.from_environment(_environment())
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = Flask("app", instance_path=str(settings.instance), static_folder=None)
    app.url_rule_class = LazyRule
    app.extensions["settings"] = settings
    uow.init_app(app)
    page_cache.init_app(app)
    security.init_app(app, settings)
    logging.init_app(app, settings)
    db.init_app(app, settings)
    doorbell.init_app(app, settings)
    events.init_app(app, wiring.SUBSCRIPTIONS)
    app.extensions["schedule"] = wiring.SCHEDULE
    app.extensions["companions"] = wiring.COMPANIONS
    commands.init_app(app, wiring.COMMANDS)
    Migrate(app, db.db, directory=str(MIGRATIONS))
    _let_people_in(app)
    templating.init_app(app, settings)
    for part in (errors, forgery, nonsense, filters, assets, responses):
        part.init_app(app)
    wiring.furnish(app, settings)
    return app


def _environment() -> dict[str, str]:
    """The variables of the process, and below them those of `.env` in the instance folder."""
    variables = dict(os.environ)
    folder = Settings.from_environment(
        {key: variables[key] for key in ("HEARTH_INSTANCE",) if key in variables}
    ).instance
    stored = {key: value for key, value in dotenv_values(folder / ".env").items() if value}
    return {**stored, **variables}


class _SignedIn(LoginManager):  # type: ignore[misc]  # it has no types
    """Nobody is remembered longer than the session, so no answer needs to look into it for that."""

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


def _let_people_in(app: Flask) -> None:
    manager = _SignedIn(app, add_context_processor=False)
    manager.anonymous_user = Visitor
    manager.user_loader(session_user)
    manager.login_view = "accounts.new_session"
    manager.login_message = ""
    manager.session_protection = None
    app.extensions["login"] = manager

    @app.before_request
    def know_visitors() -> None:
        """Whoever brings no session is a visitor, and none is opened to find that out."""
        if not security.holds_session():
            g._login_user = Visitor()

    @app.context_processor
    def house() -> dict[str, Any]:
        return {
            "Permission": Permission,
            "current_user": g.get("_login_user", current_user),  # itself where it was asked for
            "public_url": app.extensions["settings"].public_url,
            "desk_name": app.extensions["settings"].desk_name,
        }
