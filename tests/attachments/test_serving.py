"""Handing files out."""

from io import BytesIO

import pytest
from flask import Flask

from app.attachments import storing
from app.attachments.serving import download
from app.core import storage
from app.core.errors import NotFound


def test_a_file_is_a_download_that_can_do_nothing(app: Flask) -> None:
    attachment = storing.keep("Über “uns”.svg", BytesIO(b"<svg onload='alert(1)'/>"))
    with app.test_request_context():
        answer = download(attachment)
        answer.direct_passthrough = False
        body = answer.get_data()
        answer.close()
    headers = answer.headers
    assert body == b"<svg onload='alert(1)'/>"
    assert headers["Content-Disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''%C3%9Cber" in headers["Content-Disposition"]
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_whose_bytes_are_gone_is_not_found(app: Flask) -> None:
    attachment = storing.keep("a.txt", BytesIO(b"x"))
    storage.path(attachment.sha256).unlink()
    with app.test_request_context(), pytest.raises(NotFound):
        download(attachment)
