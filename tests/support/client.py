"""A test client that behaves like a browser: fresh context, same origin, the token of its forms."""

import secrets
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.accounts.user import User
from app.core.db import db


class FreshClient(FlaskClient):
    """Every request gets a context, hence a session, of its own, as in production.

    Without this, Flask reuses the context that the test holds open, and a missing commit goes unseen.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.rollback()
        kwargs.setdefault("buffered", True)
        with self.application.app_context():
            return super().open(*args, **kwargs)

    def sign_in(self, user: User) -> "FreshClient":
        """Hold this person's session."""
        token = secrets.token_hex(16)
        with self.session_transaction() as session:
            session["_user_id"] = user.get_id()
            session["csrf_token"] = token
        signer = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token")
        self.environ_base["HTTP_X_CSRF_TOKEN"] = signer.dumps(token)
        return self
