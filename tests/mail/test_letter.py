"""The bytes that leave."""

import email
from email.policy import SMTP
from typing import Any

from flask import Flask

from app.core import clock
from app.core.db import db
from app.mail.composing import Composed
from app.mail.letter import letter_of
from app.mail.outbound import Kind, OutboundMail
from tests.mail.conftest import Post
from tests.support.mails import last_mail


def sent(mail: OutboundMail) -> Any:
    return email.message_from_bytes(letter_of(mail).data, policy=SMTP)


def test_text_comes_first_and_html_second(post: Post) -> None:
    post()
    letter = sent(last_mail())
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert letter.get_body(["html"]).get_content().strip() == "<p>Guten Tag</p>"


def test_it_comes_from_the_desk_by_name(post: Post) -> None:
    post()
    assert sent(last_mail())["From"].addresses[0].display_name == "Tarn, Help"


def test_automatic_mail_says_that_it_is(post: Post) -> None:
    post(automatic=True)
    assert sent(last_mail())["Auto-Submitted"] == "auto-generated"


def test_a_reply_that_a_person_wrote_does_not(post: Post) -> None:
    post()
    assert sent(last_mail())["Auto-Submitted"] is None


def test_a_thread_is_made_by_the_usual_headers(post: Post) -> None:
    post(conversation="ticket:1")
    post(conversation="ticket:1")
    letter = sent(last_mail())
    assert letter["In-Reply-To"] == letter["References"]
    assert letter["Message-ID"] == last_mail().message_id


def test_it_is_the_same_whenever_it_is_asked_for(post: Post) -> None:
    post(about="letter:1")
    assert (
        letter_of(last_mail()).data.split(b"boundary")[0]
        == letter_of(last_mail()).data.split(b"boundary")[0]
    )


def test_no_line_is_too_long_for_a_mail_server(app: Flask) -> None:
    long = Composed(subject="ü" * 300, text="word " * 900 + "x" * 5000, html="<p>" + "y" * 9000)
    mail = OutboundMail(
        id=1, to_address="a@b.example", automatic=False, message_id="<a@b>",
        written_by="", unsubscribe_url="", kind=Kind.TICKET,
    )  # fmt: skip
    mail.subject, mail.text, mail.html = long.subject, long.text, long.html
    mail.created_at = clock.now()
    assert max(len(line) for line in letter_of(mail).data.split(b"\r\n")) <= 998


def test_an_address_in_another_script_is_written_as_servers_know_it(post: Post) -> None:
    post(to="cleo@bücher.example")
    assert letter_of(last_mail()).recipient == "cleo@xn--bcher-kva.example"


def test_a_subject_that_looks_encoded_adds_no_header(post: Post) -> None:
    post()
    mail = last_mail()
    db.session.expunge(mail)
    mail.subject = "Re: =?utf-8?q?a=0D=0AX-Mine:_yes?="
    assert sent(mail)["X-Mine"] is None
    assert sent(mail)["Subject"] == "Re: = ?utf-8?q?a=0D=0AX-Mine:_yes?="
