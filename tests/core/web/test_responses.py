"""What is said on the next page."""

from flask import Flask, get_flashed_messages, session

from app.core.web.responses import say


def test_of_many_sentences_the_latest_are_said(app: Flask) -> None:
    with app.test_request_context():
        for number in range(20):
            say(f"Number {number}")
        assert get_flashed_messages() == ["Number 17", "Number 18", "Number 19"]


def test_whoever_opens_no_page_between_keeps_a_small_cookie(app: Flask) -> None:
    with app.test_request_context():
        for _ in range(1000):
            say("Sent. We have your message.")
        response = app.make_response("")
        app.session_interface.save_session(app, session, response)
        assert len(response.headers["Set-Cookie"]) < 1000
