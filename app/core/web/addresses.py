"""Whole addresses, for mail and files: made from the settings, never from what a request claims."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from app.core.settings import settings


def absolute(endpoint: str, *, _anchor: str = "", **values: Any) -> str:
    """The address of a page, or of a place on it, under the public URL; works without a request."""
    public = urlsplit(settings().public_url)
    urls = current_app.url_map.bind(
        public.netloc, script_name=public.path or "/", url_scheme=public.scheme
    )
    page = urls.build(endpoint, values, force_external=True)
    return f"{page}#{_anchor}" if _anchor else page


def public_host() -> str:
    """The host name under which people know this desk."""
    return urlsplit(settings().public_url).hostname or "localhost"
