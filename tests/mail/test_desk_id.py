"""The name by which a desk knows its own mail."""

from dataclasses import replace

from flask import Flask

from app.mail.desk_id import desk_id, is_this_desk
from app.mail.letter import letter_of
from tests.mail.conftest import Post
from tests.support.mails import last_mail


def test_every_mail_bears_it(post: Post) -> None:
    post()
    assert f"X-Hearth-Desk: {desk_id()}".encode() in letter_of(last_mail()).data


def test_it_is_known_again_after_the_key_was_changed(app: Flask) -> None:
    before, settings = desk_id(), app.extensions["settings"]
    app.extensions["settings"] = replace(
        settings, secret_key="n" * 40, secret_key_fallbacks=(settings.secret_key,)
    )
    assert desk_id() != before
    assert is_this_desk(["other", f" {before} "])


def test_another_desk_has_another(app: Flask) -> None:
    before, settings = desk_id(), app.extensions["settings"]
    app.extensions["settings"] = replace(settings, public_url="https://help.tarn.example")
    assert desk_id() != before
    assert not is_this_desk([before])
    assert not is_this_desk([])
