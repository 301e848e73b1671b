"""Headers, hosts, sizes and error pages."""

import io

import pytest
from flask import Flask

from tests.support.client import FreshClient


@pytest.mark.parametrize("path", ["/tickets/new", "/nowhere"])
def test_every_page_forbids_inline_code(client: FreshClient, path: str) -> None:
    headers = client.get(path).headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_foreign_host_name_is_refused(client: FreshClient) -> None:
    assert client.get("/tickets/new", headers={"Host": "evil.example"}).status_code == 400


def test_unknown_address_says_where_to_go(client: FreshClient) -> None:
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "X-Request-ID" in page.headers


def test_wrong_method_is_answered_with_what_is_allowed(client: FreshClient) -> None:
    answer = client.post("/tickets/new", data={})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


class TestUploads:
    """What is too large is refused with the limit."""

    @pytest.fixture
    def settings_for_test(self) -> dict[str, int]:
        return {"upload_limit_bytes": 20_000}

    def test_too_large_an_upload_is_413_with_the_limit(
        self, app: Flask, client: FreshClient
    ) -> None:
        data = {"subject": "S", "text": "T", "files": (io.BytesIO(b"x" * 30_000), "big.bin")}
        answer = client.post("/tickets", data=data)
        assert answer.status_code == 413
        assert "can be" in answer.text

    @pytest.mark.parametrize(("sent", "least_left"), [(70_000, 0), (500_000, 300_000)])
    def test_it_is_heard_out_within_reason_so_that_the_answer_is_read(
        self, client: FreshClient, sent: int, least_left: int
    ) -> None:
        stream = io.BytesIO(b"x" * sent)
        answer = client.post(
            "/tickets",
            input_stream=stream,
            content_type="multipart/form-data; boundary=B",
            content_length=sent,
            environ_overrides={"wsgi.input_terminated": True},
        )
        assert answer.status_code == 413
        assert least_left <= len(stream.read()) <= 1.5 * least_left
