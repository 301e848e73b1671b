"""Visitors who vote: known by a cookie of their own, which nothing but voting ever sees."""

import hashlib
import secrets

from flask import Response, request, url_for

from app.core.settings import settings

COOKIE = "hearth_reader"
LASTS_S = 365 * 86_400


def reader_token() -> str:
    """The token of the browser that asks; a new one if it has none."""
    known = request.cookies.get(COOKIE, "")
    return known if 20 <= len(known) <= 64 else secrets.token_urlsafe(24)


def visitor_key(token: str, article_id: str) -> str:
    """What votes on one article are known by; it cannot be matched with votes on others."""
    return hashlib.sha256(f"{article_id} {token}".encode()).hexdigest()


def remember(response: Response, token: str) -> Response:
    """Let the browser be known when it votes again.

    The cookie is sent to the place where votes go and nowhere else: pages are read without one.
    """
    response.set_cookie(
        COOKIE,
        token,
        max_age=LASTS_S,
        path=url_for("articles.create_vote", id="_").removesuffix("/_"),
        secure=settings().production,
        httponly=True,
        samesite="Lax",
    )
    return response
