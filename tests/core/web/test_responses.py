"""What is said on the next page."""

from flask import Flask, get_flashed_messages, session

from app.core.web.responses import say
from app.core.web.security import SESSION_COOKIE


def test_of_many_sentences_the_latest_are_said(app: Flask) -> None:
    with app.test_request_context():
        for number in range(20):
            say(f"Number {number}")
        assert get_flashed_messages() == ["Number 17", "Number 18", "Number 19"]


def test_whoever_opens_no_page_between_keeps_a_small_cookie(app: Flask) -> None:
    with app.test_request_context():
        for _ in range(1000):
            say("Sent. We have your message.")
        cookie = app.session_interface.get_signing_serializer(app).dumps(dict(session))
        assert len(f"{SESSION_COOKIE}={cookie}") < 1000
