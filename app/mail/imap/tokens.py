"""Access tokens for XOAUTH2: asked for where the mailbox says, kept in memory until they end.

With a refresh token it is renewed (RFC 6749, 6), without one the client speaks for itself
(RFC 6749, 4.4), which Microsoft calls app-only access.
"""

import json
import threading
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from app.core import clock
from app.core.db import db
from app.core.uow import begin_writing, let_go, unit_of_work
from app.mail.credentials import Credentials, opened, sealed
from app.mail.imap.box import Box
from app.mail.imap.trouble import Kind, Trouble
from app.mail.mailbox import Mailbox

PATIENCE_S = 15
MARGIN = timedelta(minutes=2)
LONGEST_ANSWER = 100_000

_kept: dict[Box, tuple[str, datetime]] = {}
_lock = threading.Lock()


def access_token(box: Box) -> str:
    """A token that is good now.  Raises Trouble."""
    with _lock:
        token, until = _kept.get(box, ("", clock.now()))
    if until - MARGIN > clock.now():
        return token
    answer = _ask(box, opened(box.secret))
    token, lasts_s = str(answer["access_token"]), float(answer.get("expires_in") or 300)
    with _lock:
        _kept[box] = token, clock.now() + timedelta(seconds=lasts_s)
    _keep_refresh_token(box, str(answer.get("refresh_token") or ""))
    return token


def forget(box: Box) -> None:
    """The server did not take it."""
    with _lock:
        _kept.pop(box, None)


def _ask(box: Box, credentials: Credentials) -> dict[str, Any]:
    form = {"client_id": box.oauth_client_id, "client_secret": credentials.client_secret}
    if credentials.refresh_token:
        form |= {"grant_type": "refresh_token", "refresh_token": credentials.refresh_token}
    else:
        form |= {"grant_type": "client_credentials"}
    form["scope"] = box.oauth_scope
    data = urlencode({name: value for name, value in form.items() if value}).encode()
    host = urlsplit(box.oauth_token_url).hostname
    try:
        answer = _open(box.oauth_token_url, data)
    except urllib.error.HTTPError as fault:
        said = _reason(fault.read(LONGEST_ANSWER)) or str(fault.code)
        raise Trouble(Kind.SIGN_IN, f"{host} gave no access token: {said}") from fault
    except (OSError, ValueError) as fault:
        raise Trouble(
            Kind.SIGN_IN, f"{host} could not be asked for an access token: {fault}"
        ) from fault
    if not isinstance(answer, dict) or not answer.get("access_token"):
        raise Trouble(Kind.SIGN_IN, f"{host} answered without an access token.")
    return answer


def _open(url: str, data: bytes) -> Any:
    """POST, and the JSON that comes back; follows no redirect, for it carries secrets."""
    opener = urllib.request.build_opener(_NoRedirect)
    request = urllib.request.Request(url, data, {"Accept": "application/json"})  # noqa: S310 - https, checked by the form
    with opener.open(request, timeout=PATIENCE_S) as answer:
        return json.loads(answer.read(LONGEST_ANSWER))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """None: the redirect is an error."""


def _reason(body: bytes) -> str:
    """What an error of OAuth says (RFC 6749, 5.2), without what else providers send along."""
    try:
        said = json.loads(body)
        return f"{said['error']}: {said.get('error_description', '')}".split("\r\n")[0].strip(": ")
    except (ValueError, KeyError, TypeError):
        return ""


def _keep_refresh_token(box: Box, token: str) -> None:
    """Some providers give another refresh token with each access token, and the old one ends."""
    if not token or token == opened(box.secret).refresh_token:
        return
    let_go()
    with unit_of_work():
        begin_writing()
        mailbox = db.session.get(Mailbox, box.id, with_for_update=True)
        if mailbox and mailbox.secret == box.secret:
            mailbox.secret = sealed(replace(opened(box.secret), refresh_token=token))
